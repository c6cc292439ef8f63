#include "ui/rules/RuleTrial.h"

#include <QDirIterator>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace radpost::ui {

struct RuleTrial::Work
{
    QStringList paths;
    config::RuleSet rules;
    engine::TrialArrival arrival;
    CancelToken cancel;
};

struct RuleTrial::Outcome
{
    std::vector<TrialOutcome> trials;
    std::optional<Error> error;
    bool isCut = false;
};

namespace {

// Files in the order of their names, folders opened.
QStringList filesOf(const QStringList& paths, bool& isCut, const CancelToken& cancel)
{
    QStringList files;
    for (const auto& path : paths) {
        QStringList inside{path};
        if (QFileInfo(path).isDir()) {
            inside.clear();
            QDirIterator walk(path, QDir::Files, QDirIterator::Subdirectories);
            while (walk.hasNext() && inside.size() <= RuleTrial::kMostFiles && !cancel.isCancelled()) {
                inside.append(walk.next());
            }
            inside.sort();
        }
        files += inside;
    }
    files.removeDuplicates();
    isCut = files.size() > RuleTrial::kMostFiles;
    return files.mid(0, RuleTrial::kMostFiles);
}

} // namespace

RuleTrial::RuleTrial(QObject* parent)
    : QObject(parent)
    , m_background(u"rule-trial"_s, 1)
{
}

RuleTrial::~RuleTrial()
{
    m_cancel.cancel();
}

void RuleTrial::setRules(const config::RuleSet& rules)
{
    if (rules != m_rules) {
        m_rules = rules;
        start();
    }
}

void RuleTrial::setArrival(const engine::TrialArrival& arrival)
{
    m_arrival = arrival;
    start();
}

void RuleTrial::add(const QStringList& paths)
{
    m_paths += paths;
    m_paths.removeDuplicates();
    start();
}

void RuleTrial::clear()
{
    m_paths.clear();
    start();
}

void RuleTrial::start()
{
    m_cancel.cancel(); // what is asked for now counts
    m_cancel = CancelSource();
    const auto generation = ++m_generation;
    m_isBusy = true;
    m_background.run(
        this,
        [work = Work{m_paths, m_rules, m_arrival, m_cancel.token()}] {
            Outcome outcome;
            const auto book = route::RuleBook::compile(work.rules);
            if (!book) {
                outcome.error = book.error();
                return outcome;
            }
            for (const auto& file : filesOf(work.paths, outcome.isCut, work.cancel)) {
                if (work.cancel.isCancelled()) {
                    break;
                }
                auto trial = engine::tryRoute(file, *book, work.arrival);
                outcome.trials.push_back(trial ? TrialOutcome{file, *std::move(trial), std::nullopt}
                                               : TrialOutcome{file, std::nullopt, trial.error()});
            }
            return outcome;
        },
        [this, generation](Outcome outcome) {
            if (generation != m_generation) {
                return;
            }
            m_isBusy = false;
            m_outcomes = std::move(outcome.trials);
            m_error = std::move(outcome.error);
            m_isCut = outcome.isCut;
            Q_EMIT changed();
        });
    Q_EMIT changed();
}

} // namespace radpost::ui
