#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace radpost::dicom {

/// Appends data elements to a buffer in one of the three plain encodings (PS3.5 7.1). The caller keeps the tag order.
class ElementEncoder final
{
public:
    enum class Vr { Explicit, Implicit };
    enum class Order { Little, Big };

    ElementEncoder(QByteArray& out, Vr vr, Order order)
        : m_out(out)
        , m_vr(vr)
        , m_order(order)
    {
    }

    /// A text or UID value, padded to even length as its VR asks (PS3.5 6.2).
    void text(quint32 tag, const char (&vr)[3], QByteArrayView value);
    void us(quint32 tag, quint16 value);
    void ul(quint32 tag, quint32 value);
    void at(quint32 tag, quint32 value);
    void bytes(quint32 tag, const char (&vr)[3], QByteArrayView value);

    /// A sequence of undefined length; each beginItem and beginSequence wants its end.
    void beginSequence(quint32 tag);
    void endSequence();
    void beginItem();
    void endItem();

    /// Tag, VR and length only; the value follows by other means.
    void header(quint32 tag, const char (&vr)[3], quint32 length);

private:
    void put16(quint16 value);
    void put32(quint32 value);
    void putTag(quint32 tag);

    QByteArray& m_out;
    Vr m_vr;
    Order m_order;
};

} // namespace radpost::dicom
