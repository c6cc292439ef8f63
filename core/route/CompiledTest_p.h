#pragma once

#include "core/config/AddressRange.h"
#include "core/config/RuleParser.h"
#include "core/route/InstanceFacts.h"
#include "core/route/Routing.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QSet>

#include <optional>
#include <vector>

namespace radpost::route {

/// What all tests of one instance share.
struct Look
{
    explicit Look(const InstanceFacts& facts);

    const InstanceFacts& facts;
    const QDateTime received; ///< local
    const std::optional<config::IpAddress> address;
};

/// How the values of a range or of numbers compare.
enum class Scale { None, Number, Date, Time, DateTime, Age };

/// The number that @p text is on @p scale; nothing when it is none.
[[nodiscard]] std::optional<double> onScale(QStringView text, Scale scale);
[[nodiscard]] Scale scaleOf(const QByteArray& vr);

/// One test made ready. Immutable.
class CompiledTest final
{
public:
    /// @p attributes: those of the book, to which the test adds its own.
    [[nodiscard]] static tl::expected<CompiledTest, config::TestFault> compile(
        const config::Test& test, std::vector<dicom::AttributePath>& attributes);

    /// @p report: filled when it is there.
    [[nodiscard]] Verdict judge(const Look& look, TestReport* report) const;

private:
    struct Judgement
    {
        Verdict verdict = Verdict::No;
        Why why = Why::Differs;
    };

    [[nodiscard]] std::optional<config::TestFault> prepare(std::vector<dicom::AttributePath>& attributes);
    [[nodiscard]] std::optional<config::TestFault> prepareAttribute(std::vector<dicom::AttributePath>& attributes);
    [[nodiscard]] std::optional<config::TestFault> prepareRange();
    [[nodiscard]] std::optional<config::TestFault> prepareUids();
    void prepareTexts();

    [[nodiscard]] QString folded(const QString& text) const;
    [[nodiscard]] Judgement judgeAttribute(const Look& look, TestReport* report) const;
    [[nodiscard]] Judgement judgeFact(const Look& look, TestReport* report) const;
    [[nodiscard]] Judgement judgeValues(const QStringList& values, bool isComplete) const;
    [[nodiscard]] Judgement judgeValue(const QString& value) const;
    [[nodiscard]] Judgement judgeText(const QString& text) const;
    [[nodiscard]] Judgement judgeRegex(const QString& text) const;
    [[nodiscard]] Judgement judgeRange(const QString& value) const;
    [[nodiscard]] Judgement judgeHours(const Look& look) const;
    [[nodiscard]] Judgement judgeAddress(const Look& look) const;

    config::Test m_test;
    size_t m_attribute = 0;
    bool m_isPersonal = false;
    bool m_isName = false;
    Scale m_scale = Scale::None; ///< of a range, or of numbers that are compared as such
    QSet<QString> m_texts;       ///< In: folded
    QStringList m_parts;         ///< Contains: folded
    QList<double> m_numbers;     ///< In, on m_scale
    QList<QRegularExpression> m_expressions;
    std::optional<double> m_from;
    std::optional<double> m_until;
    QList<config::AddressRange> m_networks;
    QList<config::HoursWindow> m_hours;
    quint8 m_weekdays = 0; ///< bit 0: Monday
};

} // namespace radpost::route
