#pragma once

#include "core/net/MappedFile.h"
#include "core/net/StoreScu.h"

struct iovec;

namespace radpost::net {

/// One instance on its way out: its file, and a bounded buffer of P-DATA PDUs ready for the wire. Private to StoreScu.
class StoreStage final
{
public:
    /// @p mayMap: the transport takes mapped files.
    explicit StoreStage(bool mayMap);
    ~StoreStage();
    Q_DISABLE_COPY_MOVE(StoreStage)

    /// Opens and checks the file, encodes the command set and fills the buffer. Blocks on file reads. What is wrong is
    /// kept in error().
    void load(const StoreRequest& request, quint16 messageId, quint32 maxFragment);

    /// Forgets the instance and closes its file; the buffer stays.
    void clear();

    [[nodiscard]] bool isLoaded() const { return m_isLoaded; }
    [[nodiscard]] bool holds(const StoreRequest& request) const;
    [[nodiscard]] const std::optional<Error>& error() const { return m_error; }
    [[nodiscard]] const StoreRequest& request() const { return m_request; }
    [[nodiscard]] quint16 messageId() const { return m_messageId; }
    [[nodiscard]] ConstBytes command() const { return m_command; }

    /// True when all of the data set was ready or taken.
    [[nodiscard]] bool isDone() const { return m_left == 0; }

    /// Whole PDUs, to be written and then dropped.
    [[nodiscard]] ConstBytes ready() const { return ConstBytes(m_buffer).first(m_filled); }
    void dropReady() { m_filled = 0; }

    /// Fills what is free of the buffer with what follows. Errors: FileChanged, FileUnreadable.
    [[nodiscard]] Result<> refill();

    /// True when the rest is better written from the file by the transport, a PDU at a time, see takeFileFragment().
    [[nodiscard]] bool goesFromFile() const;

    /// True when the rest is better written from the mapped file, many PDUs at a time, see takeMapped().
    [[nodiscard]] bool goesMapped() const;

    /// What is ready, and the PDUs of the next part of the file; valid until the next call of this or dropReady().
    /// Empty where the file cannot be mapped, then nothing goes mapped any more.
    [[nodiscard]] std::span<const ConstBytes> takeMapped();

    /// FileChanged when size or time of the file are not what they were when it was opened: what went out straight from
    /// the file may then be neither the old nor the new.
    [[nodiscard]] std::optional<Error> changeSinceOpened() const;

    struct FileFragment
    {
        ConstBytes header; ///< what is ready, and the header of the fragment
        int fileDescriptor = -1;
        qint64 offset = 0;
        qint64 count = 0;
        bool moreFollows = false;
    };
    [[nodiscard]] FileFragment takeFileFragment();

private:
    void openFile();
    void encodeRequest();
    void fillFirst();
    [[nodiscard]] bool namesTheInstance() const;
    [[nodiscard]] quint32 nextFragment() const;
    [[nodiscard]] std::size_t layOut(std::span<iovec> vectors);
    [[nodiscard]] Result<> readInto(std::span<iovec> vectors);

    bool m_mayMap;
    StoreRequest m_request;
    std::optional<Error> m_error;
    bool m_isLoaded = false;
    quint16 m_messageId = 0;
    quint32 m_maxFragment = 0;
    int m_descriptor = -1;
    bool m_ownsDescriptor = false;
    Bytes m_buffer;
    std::size_t m_filled = 0;
    Bytes m_command;
    Bytes m_framed;
    MappedFile m_mapped;
    std::vector<ConstBytes> m_parts;
    qint64 m_size = 0;   ///< of the file when it was opened
    qint64 m_mtime = 0;  ///< likewise, in ns
    qint64 m_offset = 0; ///< in the file, of what is to be read next
    qint64 m_left = 0;   ///< of the data set, from there
};

} // namespace radpost::net
