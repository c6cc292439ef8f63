<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>ArrivalWords</name>
    <message>
        <source>%1 of %2 delivered</source>
        <translation>已送达 %1/%2</translation>
    </message>
    <message numerus="yes">
        <source>%n on the way</source>
        <translation>
            <numerusform>%n 个发送中</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n 个等待中</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n refused</source>
        <translation>
            <numerusform>%n 个被拒收</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cancelled</source>
        <translation>
            <numerusform>%n 个已取消</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n held</source>
        <translation>
            <numerusform>%n 个暂留</numerusform>
        </translation>
    </message>
    <message>
        <source>delivered to %1</source>
        <translation>已送达 %1</translation>
    </message>
    <message>
        <source>delivered to %1 of %2</source>
        <translation>已送达 %1/%2 个目的地</translation>
    </message>
    <message>
        <source>waiting for the rest</source>
        <translation>等待其余影像</translation>
    </message>
    <message>
        <source>not judged yet</source>
        <translation>尚未判定</translation>
    </message>
    <message>
        <source>on the way</source>
        <translation>发送中</translation>
    </message>
    <message numerus="yes">
        <source>no rule for %n instance(s)</source>
        <translation>
            <numerusform>%n 个实例无匹配规则</numerusform>
        </translation>
    </message>
    <message>
        <source>no rule matched</source>
        <translation>无匹配规则</translation>
    </message>
    <message numerus="yes">
        <source>%n not sent on</source>
        <translation>
            <numerusform>%n 个不转发</numerusform>
        </translation>
    </message>
    <message>
        <source>nothing left to be done</source>
        <translation>已无待办</translation>
    </message>
    <message>
        <source>The rule &quot;%1&quot; holds it.</source>
        <translation>规则“%1”将其暂留。</translation>
    </message>
    <message>
        <source>The rule &quot;%1&quot; holds it: %2</source>
        <translation>规则“%1”将其暂留：%2</translation>
    </message>
    <message>
        <source>The rule &quot;%1&quot; could not be judged.</source>
        <translation>规则“%1”无法判定。</translation>
    </message>
    <message>
        <source>Two rules send it to %1 with different transform profiles.</source>
        <translation>两条规则以不同的转换方案将其发送到 %1。</translation>
    </message>
    <message>
        <source>The rule &quot;%1&quot; wants the transform profile %2, which cannot be carried out yet; nothing is sent to %3.</source>
        <translation>规则“%1”要求转换方案 %2，目前尚不能执行；未向 %3 发送任何内容。</translation>
    </message>
    <message>
        <source>The destination %1 is not in the configuration any more.</source>
        <translation>目的地 %1 已不在配置中。</translation>
    </message>
    <message>
        <source>Its file in the spool is gone.</source>
        <translation>其在接收库中的文件已丢失。</translation>
    </message>
    <message numerus="yes">
        <source>%n held.</source>
        <translation>
            <numerusform>%n 个暂留。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sent, proof awaited</source>
        <translation>
            <numerusform>%n 个已发送，等待送达证明</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sent, but not proved</source>
        <translation>
            <numerusform>%n 个已发送，但未证明</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 delivered to %3</source>
        <translation>已送达 %3：%1/%2</translation>
    </message>
</context>
<context>
    <name>AssociationWords</name>
    <message>
        <source>The destination refused the association and gave no reason.</source>
        <translation>目的地拒绝了关联，未说明原因。</translation>
    </message>
    <message>
        <source>Ask the PACS administrator to look at its log; often our AE title or the address of this computer is not entered there.</source>
        <translation>请 PACS 管理员查看其日志；常见原因是那边没有登记我方的应用实体标题或本机地址。</translation>
    </message>
    <message>
        <source>The destination does not know the application context of DICOM, so it may not be a DICOM service.</source>
        <translation>目的地不认识 DICOM 的应用上下文，它可能不是 DICOM 服务。</translation>
    </message>
    <message>
        <source>Check that address and port belong to the PACS.</source>
        <translation>请核对地址和端口是否属于 PACS。</translation>
    </message>
    <message>
        <source>The destination does not know our AE title.</source>
        <translation>目的地不认识我方的应用实体标题。</translation>
    </message>
    <message>
        <source>Ask the PACS administrator to enter our AE title and the address of this computer.</source>
        <translation>请 PACS 管理员登记我方的应用实体标题和本机地址。</translation>
    </message>
    <message>
        <source>The destination does not know the AE title by which it was called.</source>
        <translation>目的地不认识被叫的应用实体标题。</translation>
    </message>
    <message>
        <source>Check the destination&apos;s AE title, capital letters included, or ask the PACS administrator for it.</source>
        <translation>请核对目的地的应用实体标题（区分大小写），或向 PACS 管理员询问。</translation>
    </message>
    <message>
        <source>The network part of the destination refused the association and gave no reason.</source>
        <translation>目的地的网络部分拒绝了关联，未说明原因。</translation>
    </message>
    <message>
        <source>Ask the PACS administrator to look at its log; the address of this computer may not be allowed there.</source>
        <translation>请 PACS 管理员查看其日志；那边可能不允许本机地址连接。</translation>
    </message>
    <message>
        <source>The destination does not take our version of the DICOM protocol.</source>
        <translation>目的地不接受我方的 DICOM 协议版本。</translation>
    </message>
    <message>
        <source>Check that the port belongs to a DICOM service, and ask the vendor of the PACS.</source>
        <translation>请核对该端口是否属于 DICOM 服务，并询问 PACS 厂商。</translation>
    </message>
    <message>
        <source>The destination is overloaded for the moment.</source>
        <translation>目的地暂时过载。</translation>
    </message>
    <message>
        <source>Try again in some minutes. If it happens often, ask the PACS administrator to look at the load.</source>
        <translation>请几分钟后再试。若经常发生，请 PACS 管理员查看负载。</translation>
    </message>
    <message>
        <source>The destination has as many associations as it allows.</source>
        <translation>目的地的关联数已达到其上限。</translation>
    </message>
    <message>
        <source>Try again when others are done, use fewer associations, or ask the PACS administrator to allow more.</source>
        <translation>请待其他发送结束后再试，减少关联数，或请 PACS 管理员放宽上限。</translation>
    </message>
    <message>
        <source>The destination broke off the association.</source>
        <translation>目的地中止了关联。</translation>
    </message>
    <message>
        <source>Ask the PACS administrator to look at its log at this time; the reason stands only there.</source>
        <translation>请 PACS 管理员查看该时刻的日志；原因只记录在那里。</translation>
    </message>
    <message>
        <source>Check that the port belongs to a DICOM service; if it does, give this text to the vendor of the PACS.</source>
        <translation>请核对该端口是否属于 DICOM 服务；若是，请把这段文字交给 PACS 厂商。</translation>
    </message>
    <message>
        <source>The network part of the destination broke off the association and gave no reason.</source>
        <translation>目的地的网络部分中止了关联，未说明原因。</translation>
    </message>
    <message>
        <source>The destination broke off the association: it did not recognise a message (PDU) of ours.</source>
        <translation>目的地中止了关联：它不认识我方的一条消息（PDU）。</translation>
    </message>
    <message>
        <source>The destination broke off the association: it did not expect a message (PDU) of ours at that point.</source>
        <translation>目的地中止了关联：它没有料到我方在此时发出某条消息（PDU）。</translation>
    </message>
    <message>
        <source>The destination broke off the association: it did not recognise a parameter in a message (PDU) of ours.</source>
        <translation>目的地中止了关联：它不认识我方消息（PDU）中的一个参数。</translation>
    </message>
    <message>
        <source>The destination broke off the association: it did not expect a parameter in a message (PDU) of ours.</source>
        <translation>目的地中止了关联：它没有料到我方消息（PDU）中的一个参数。</translation>
    </message>
    <message>
        <source>The destination broke off the association: a parameter in a message (PDU) of ours has a value that it does not allow.</source>
        <translation>目的地中止了关联：我方消息（PDU）中一个参数的值不被它允许。</translation>
    </message>
    <message>
        <source>permanent</source>
        <translation>永久</translation>
    </message>
    <message>
        <source>transient</source>
        <translation>暂时</translation>
    </message>
    <message>
        <source>not defined (%1)</source>
        <translation>未定义（%1）</translation>
    </message>
    <message>
        <source>the DICOM application (service user)</source>
        <translation>DICOM 应用程序（服务用户）</translation>
    </message>
    <message>
        <source>the network part (service provider, ACSE)</source>
        <translation>网络部分（服务提供者，ACSE）</translation>
    </message>
    <message>
        <source>the network part (service provider, presentation)</source>
        <translation>网络部分（服务提供者，表示层）</translation>
    </message>
    <message>
        <source>the network part (service provider)</source>
        <translation>网络部分（服务提供者）</translation>
    </message>
    <message>
        <source>The destination refused the association with a reason that DICOM does not define (source %1, reason %2).</source>
        <translation>目的地拒绝了关联，其原因未在 DICOM 中定义（来源 %1，原因 %2）。</translation>
    </message>
    <message>
        <source>Ask the PACS administrator or the vendor what these numbers mean.</source>
        <translation>请向 PACS 管理员或厂商询问这些数字的含义。</translation>
    </message>
    <message>
        <source>The destination broke off the association with a reason that DICOM does not define (source %1, reason %2).</source>
        <translation>目的地中止了关联，其原因未在 DICOM 中定义（来源 %1，原因 %2）。</translation>
    </message>
</context>
<context>
    <name>Cli</name>
    <message>
        <source>There are no texts in the language %1.</source>
        <translation>没有语言 %1 的文本。</translation>
    </message>
    <message>
        <source>There is no command %1.</source>
        <translation>没有命令 %1。</translation>
    </message>
    <message>
        <source>The option %1 is not known.</source>
        <translation>未知选项 %1。</translation>
    </message>
    <message>
        <source>The option %1 takes no value.</source>
        <translation>选项 %1 不带值。</translation>
    </message>
    <message>
        <source>The option %1 needs a value: %2.</source>
        <translation>选项 %1 需要一个值：%2。</translation>
    </message>
    <message>
        <source>Something is missing: %1.</source>
        <translation>缺少参数：%1。</translation>
    </message>
    <message>
        <source>This is too much: %1.</source>
        <translation>多余的参数：%1。</translation>
    </message>
    <message>
        <source>Configuration file with settings and destinations.</source>
        <translation>保存设置和目的地的配置文件。</translation>
    </message>
    <message>
        <source>Folder of the ledger.</source>
        <translation>台账所在的文件夹。</translation>
    </message>
    <message>
        <source>Language of all texts.</source>
        <translation>所有文本的语言。</translation>
    </message>
    <message>
        <source>Events as JSON on standard output, one object a line.</source>
        <translation>在标准输出上以 JSON 给出事件，每行一个对象。</translation>
    </message>
    <message>
        <source>No progress, only results.</source>
        <translation>不显示进度，只显示结果。</translation>
    </message>
    <message>
        <source>More in the log on standard error.</source>
        <translation>在标准错误上输出更详细的日志。</translation>
    </message>
    <message>
        <source>This help.</source>
        <translation>显示本帮助。</translation>
    </message>
    <message>
        <source>Give up what is left of a job</source>
        <translation>放弃任务中剩余的部分</translation>
    </message>
    <message>
        <source>%1 is not the number of a job.</source>
        <translation>%1 不是任务编号。</translation>
    </message>
    <message>
        <source>Job %1 is cancelled; %2 of %3 instances will not be sent.</source>
        <translation>任务 %1 已取消；共 %3 个实例，其中 %2 个不再发送。</translation>
    </message>
    <message>
        <source>Remember a destination by a name</source>
        <translation>以名称保存一个目的地</translation>
    </message>
    <message>
        <source>Writes it to the configuration file; comments and other destinations there stay as they are. With tls:// before the address the connection is encrypted. Without a port: 104, with TLS 2762.</source>
        <translation>写入配置文件；其中的注释和其他目的地保持不变。地址前加 tls:// 则加密连接。不写端口时为 104，使用 TLS 时为 2762。</translation>
    </message>
    <message>
        <source>Replace a destination that has this name.</source>
        <translation>替换同名的目的地。</translation>
    </message>
    <message>
        <source>%1 is now %2. Try it: radpost echo %1</source>
        <translation>%1 现在指向 %2。可以测试：radpost echo %1</translation>
    </message>
    <message>
        <source>Write the destinations as TOML or CSV</source>
        <translation>把目的地导出为 TOML 或 CSV</translation>
    </message>
    <message>
        <source>To standard output without FILE. References to secrets are written, secrets never are.</source>
        <translation>不给 FILE 时写到标准输出。只写口令和令牌的引用，从不写其本身。</translation>
    </message>
    <message>
        <source>The default follows the name of FILE, else TOML.</source>
        <translation>默认由 FILE 的名称决定，否则为 TOML。</translation>
    </message>
    <message>
        <source>There is no format %1.</source>
        <translation>没有格式 %1。</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>已写入：%1</translation>
    </message>
    <message>
        <source>Add the destinations of a TOML or CSV file</source>
        <translation>导入 TOML 或 CSV 文件中的目的地</translation>
    </message>
    <message>
        <source>A file that ends in .csv needs the columns name, aet and host; port and every key of a destination may follow. Any other file is read as TOML. All destinations are added, or none.</source>
        <translation>以 .csv 结尾的文件需要 name、aet 和 host 列；还可以有 port 以及目的地的任何其他键。其他文件按 TOML 读取。要么全部导入，要么一个也不导入。</translation>
    </message>
    <message numerus="yes">
        <source>%n destination(s) added</source>
        <translation>
            <numerusform>已添加 %n 个目的地</numerusform>
        </translation>
    </message>
    <message>
        <source>List the destinations</source>
        <translation>列出目的地</translation>
    </message>
    <message>
        <source>There are no destinations yet. Add one: radpost dest add NAME AET@host:port</source>
        <translation>还没有目的地。添加一个：radpost dest add 名称 AET@host:port</translation>
    </message>
    <message>
        <source>Forget a destination</source>
        <translation>删除一个目的地</translation>
    </message>
    <message>
        <source>Jobs that were made for it keep their own copy of its settings.</source>
        <translation>已有任务保留各自的一份目的地设置。</translation>
    </message>
    <message>
        <source>%1 is forgotten.</source>
        <translation>%1 已删除。</translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n 个失败</numerusform>
        </translation>
    </message>
    <message>
        <source>List jobs, newest first</source>
        <translation>列出任务，最新的在前</translation>
    </message>
    <message>
        <source>Works also while another Radpost is sending. Stored/all counts instances.</source>
        <translation>另一个 Radpost 正在发送时也可使用。“已存储/全部”按实例计数。</translation>
    </message>
    <message>
        <source>Every job, not only the latest 20.</source>
        <translation>所有任务，而不只是最近 20 个。</translation>
    </message>
    <message>
        <source>Only jobs with something left to send.</source>
        <translation>只列出还有内容待发送的任务。</translation>
    </message>
    <message>
        <source>There are no jobs.</source>
        <translation>没有任务。</translation>
    </message>
    <message numerus="yes">
        <source>%n instance(s) stored</source>
        <translation>
            <numerusform>已存储 %n 个实例</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n association(s)</source>
        <translation>
            <numerusform>%n 个关联</numerusform>
        </translation>
    </message>
    <message>
        <source>--aet needs an AE title of 1 to 16 ASCII characters.</source>
        <translation>--aet 需要 1 到 16 个 ASCII 字符的应用实体标题。</translation>
    </message>
    <message>
        <source>--port needs a number from 0 to 65535; 0 takes a free one.</source>
        <translation>--port 需要 0 到 65535 的数字；0 表示自动选择空闲端口。</translation>
    </message>
    <message>
        <source>--max-associations needs a number from 1 to 1024.</source>
        <translation>--max-associations 需要 1 到 1024 的数字。</translation>
    </message>
    <message>
        <source>Say where to store: --dir FOLDER.</source>
        <translation>请指明存储位置：--dir 文件夹。</translation>
    </message>
    <message>
        <source>Receive images and store them as files</source>
        <translation>接收影像并存为文件</translation>
    </message>
    <message>
        <source>A plain receiver: answers C-ECHO and C-STORE, takes every kind of object and transfer syntax, and writes what comes bit for bit as FOLDER/SOPInstanceUID.dcm. Ends with Ctrl-C.</source>
        <translation>简单的接收端：应答 C-ECHO 和 C-STORE，接受任何对象类型和传输语法，把收到的数据原样写为 FOLDER/SOPInstanceUID.dcm。按 Ctrl-C 结束。</translation>
    </message>
    <message>
        <source>Port to listen on; 0 takes a free one. The default is 11112.</source>
        <translation>监听端口；0 表示自动选择空闲端口。默认为 11112。</translation>
    </message>
    <message>
        <source>Answer only to this AE title; without it, to any.</source>
        <translation>只应答此应用实体标题；不给出则应答任何标题。</translation>
    </message>
    <message>
        <source>Where the files go.</source>
        <translation>文件的存放位置。</translation>
    </message>
    <message>
        <source>Address to listen on; without it, on all.</source>
        <translation>监听的地址；不给出则监听所有地址。</translation>
    </message>
    <message>
        <source>Associations at once; more are refused.</source>
        <translation>同时的关联数；超出的将被拒绝。</translation>
    </message>
    <message>
        <source>Listening on port %1, storing to %2. Ctrl-C ends it.</source>
        <translation>正在端口 %1 监听，存储到 %2。按 Ctrl-C 结束。</translation>
    </message>
    <message>
        <source>Write the receipt of a job</source>
        <translation>输出任务的回执</translation>
    </message>
    <message>
        <source>Kind of the report; the default is text.</source>
        <translation>报告的格式；默认为 text。</translation>
    </message>
    <message>
        <source>File to write instead of standard output.</source>
        <translation>写入文件，而不是标准输出。</translation>
    </message>
    <message>
        <source>Go on with what a stop or a crash left</source>
        <translation>继续停止或崩溃后剩余的发送</translation>
    </message>
    <message>
        <source>There is nothing to resume.</source>
        <translation>没有需要继续的任务。</translation>
    </message>
    <message>
        <source>Send again what failed in a job</source>
        <translation>重新发送任务中失败的部分</translation>
    </message>
    <message numerus="yes">
        <source>Sending %n instance(s) again</source>
        <translation>
            <numerusform>重新发送 %n 个实例</numerusform>
        </translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>已跳过</translation>
    </message>
    <message>
        <source>%1 files: %2 instances (%3), %4 skipped, %5 identical and %6 differing duplicates</source>
        <translation>%1 个文件：%2 个实例（%3），跳过 %4 个，重复且内容相同 %5 个，重复但内容不同 %6 个</translation>
    </message>
    <message>
        <source>Look through files, folders and archives, and list what is in them</source>
        <translation>查看文件、文件夹和压缩包，列出其中的内容</translation>
    </message>
    <message>
        <source>Shows patients, studies and series as they would be sent. Nothing is sent or changed.</source>
        <translation>按将要发送的样子显示患者、检查和序列。不发送也不修改任何内容。</translation>
    </message>
    <message>
        <source>Name every file that is skipped.</source>
        <translation>列出每个被跳过的文件。</translation>
    </message>
    <message>
        <source>Files read at once.</source>
        <translation>同时读取的文件数。</translation>
    </message>
    <message>
        <source>--threads needs a whole number from 1 to 64.</source>
        <translation>--threads 需要 1 到 64 的整数。</translation>
    </message>
    <message>
        <source>Send files, folders, DICOMDIRs and archives to destinations</source>
        <translation>把文件、文件夹、DICOMDIR 和压缩包发送到目的地</translation>
    </message>
    <message>
        <source>Looks through every PATH, also inside ZIP, tar and 7z archives, and sends all DICOM instances. Several destinations are several jobs, each with its own fate.
Every job is written to the ledger first: after Ctrl-C, a crash or a power failure &quot;radpost resume&quot; goes on where it stopped, and nothing is lost.</source>
        <translation>查看每个 PATH，包括 ZIP、tar 和 7z 压缩包内部，并发送所有 DICOM 实例。多个目的地即多个任务，互不影响。
每个任务都先写入台账：按 Ctrl-C、崩溃或断电之后，“radpost resume”会从停止处继续，不丢失任何内容。</translation>
    </message>
    <message>
        <source>Name of a destination, or AET@host:port; may be given several times.</source>
        <translation>目的地名称，或 AET@host:port；可以给出多次。</translation>
    </message>
    <message>
        <source>What the job is called in lists.</source>
        <translation>任务在列表中的名称。</translation>
    </message>
    <message>
        <source>Jobs with a higher number go first; the default is 0.</source>
        <translation>数字较大的任务优先；默认为 0。</translation>
    </message>
    <message>
        <source>How the images are changed on their way; &quot;none&quot; is the only one so far.</source>
        <translation>影像在发送途中如何处理；目前只有 “none”。</translation>
    </message>
    <message>
        <source>Ask the destination what it would take, and send nothing.</source>
        <translation>询问目的地能接受什么，不发送任何影像。</translation>
    </message>
    <message>
        <source>How long a destination may be out of reach before the job is stopped.</source>
        <translation>目的地无法连接多久之后停止任务。</translation>
    </message>
    <message>
        <source>Say where to: --to NAME or --to AET@host:port.</source>
        <translation>请指明目的地：--to 名称，或 --to AET@host:port。</translation>
    </message>
    <message>
        <source>There is no profile %1.</source>
        <translation>没有配置方案 %1。</translation>
    </message>
    <message>
        <source>--priority needs a whole number.</source>
        <translation>--priority 需要整数。</translation>
    </message>
    <message>
        <source>--give-up-after needs a duration such as 30s, or never.</source>
        <translation>--give-up-after 需要时长（如 30s）或 never。</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>序列</translation>
    </message>
    <message>
        <source>Associations</source>
        <translation>关联</translation>
    </message>
    <message>
        <source>unlimited</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>window %1</source>
        <translation>窗口 %1</translation>
    </message>
    <message>
        <source>Show how a job stands</source>
        <translation>显示任务的状态</translation>
    </message>
    <message>
        <source>Counts, series, problems and associations. Works also while another Radpost is sending.</source>
        <translation>计数、序列、问题和关联。另一个 Radpost 正在发送时也可使用。</translation>
    </message>
    <message>
        <source>Make synthetic studies for tests and demonstrations</source>
        <translation>生成用于测试和演示的合成检查</translation>
    </message>
    <message>
        <source>Writes DICOM files of people who do not exist: a phantom with noise, names from a fixed list, Chinese ones among them. The same options give the same files.
KIND is ct, mr, us (multi-frame), cr, sr or tiny; COUNT instances of it make one series; SIZE, such as 2GiB, is what one instance should have.</source>
        <translation>写出虚构人员的 DICOM 文件：带噪声的体模，姓名取自固定列表，其中包括中文姓名。相同的选项生成相同的文件。
KIND 为 ct、mr、us（多帧）、cr、sr 或 tiny；COUNT 个实例组成一个序列；SIZE（如 2GiB）是一个实例的大小。</translation>
    </message>
    <message>
        <source>A series of each study; may be given several times. Without it: one of every kind.</source>
        <translation>每个检查中的一个序列；可以给出多次。不给出时每种类型各一个。</translation>
    </message>
    <message>
        <source>Number of patients; the default is 1.</source>
        <translation>患者数量；默认为 1。</translation>
    </message>
    <message>
        <source>Studies of each patient; the default is 1.</source>
        <translation>每位患者的检查数；默认为 1。</translation>
    </message>
    <message>
        <source>Encoding of names, patients take them in turn: utf8, gb18030, iso2022, mislabelled-gbk, mislabelled-utf8, ascii.</source>
        <translation>姓名的编码，各患者轮流使用：utf8、gb18030、iso2022、mislabelled-gbk、mislabelled-utf8、ascii。</translation>
    </message>
    <message>
        <source>Transfer syntax: explicit, implicit, big-endian, deflated.</source>
        <translation>传输语法：explicit、implicit、big-endian、deflated。</translation>
    </message>
    <message>
        <source>Another number gives other people, UIDs and noise.</source>
        <translation>不同的数字生成不同的人员、UID 和噪声。</translation>
    </message>
    <message>
        <source>%1 instances (%2) in %3 series of %4 studies, %5 patients: %6</source>
        <translation>%1 个实例（%2），%3 个序列，%4 个检查，%5 位患者：%6</translation>
    </message>
    <message>
        <source>%1 is not a key of a destination.</source>
        <translation>%1 不是目的地的配置项。</translation>
    </message>
    <message>
        <source>%1 must be %2.</source>
        <translation>%1 必须是%2。</translation>
    </message>
    <message>
        <source>Associations at once; auto: as many as bring something.</source>
        <translation>同时的关联数；auto：按效果自动增减。</translation>
    </message>
    <message>
        <source>Requests without answer on one association; the destination may allow fewer.</source>
        <translation>一个关联上未应答的请求数；目的地可能只允许更少。</translation>
    </message>
    <message>
        <source>AE title by which we call.</source>
        <translation>我方的应用实体标题。</translation>
    </message>
    <message>
        <source>Any other key of a destination, such as tls.mode=bcp195; see docs/user/config.md.</source>
        <translation>目的地的任何其他键，例如 tls.mode=bcp195；见 docs/user/config.md。</translation>
    </message>
    <message>
        <source>as is</source>
        <translation>原样发送</translation>
    </message>
    <message>
        <source>decompressed, without loss</source>
        <translation>解压后发送，无损失</translation>
    </message>
    <message>
        <source>Nothing was there to send.</source>
        <translation>没有可发送的内容。</translation>
    </message>
    <message>
        <source>%1 (%2, %3) would take:</source>
        <translation>%1（%2，%3）可以接受：</translation>
    </message>
    <message>
        <source>%1 as is, %2 decompressed without loss, %3 cannot be sent. Nothing was sent.</source>
        <translation>%1 个可原样发送，%2 个可无损解压后发送，%3 个无法发送。未发送任何内容。</translation>
    </message>
    <message>
        <source>done; for send: every instance is stored</source>
        <translation>完成；对 send 而言：所有实例均已存储</translation>
    </message>
    <message>
        <source>some instances were not stored</source>
        <translation>有实例未被存储</translation>
    </message>
    <message>
        <source>the command line is wrong</source>
        <translation>命令行有误</translation>
    </message>
    <message>
        <source>the destination cannot be reached or refuses us</source>
        <translation>目的地无法连接或拒绝我方</translation>
    </message>
    <message>
        <source>nothing to send was found</source>
        <translation>没有找到可发送的内容</translation>
    </message>
    <message>
        <source>ledger, configuration, disk or port of this computer</source>
        <translation>本机的台账、配置、磁盘或端口有问题</translation>
    </message>
    <message>
        <source>interrupted; what is left stays in the job</source>
        <translation>被中断；剩余部分保留在任务中</translation>
    </message>
    <message>
        <source>sends DICOM images, and proves what arrived</source>
        <translation>发送 DICOM 影像，并证明哪些已到达</translation>
    </message>
    <message>
        <source>Usage: radpost COMMAND [OPTION…] [ARGUMENT…]</source>
        <translation>用法：radpost 命令 [选项…] [参数…]</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Options of every command</source>
        <translation>所有命令共有的选项</translation>
    </message>
    <message>
        <source>Exit codes</source>
        <translation>退出码</translation>
    </message>
    <message>
        <source>More about a command: radpost help COMMAND</source>
        <translation>命令的详细说明：radpost help 命令</translation>
    </message>
    <message>
        <source>Usage: %1</source>
        <translation>用法：%1</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>Next try at %1.</source>
        <translation>下次尝试：%1。</translation>
    </message>
    <message>
        <source>The ledger can be written again; sending goes on.</source>
        <translation>台账已可写入；继续发送。</translation>
    </message>
    <message>
        <source>Job %1 to %2</source>
        <translation>任务 %1，发往 %2</translation>
    </message>
    <message>
        <source>Stopping: what is on its way gets its answer. Press Ctrl-C again to stop at once.</source>
        <translation>正在停止：等待已发出部分的应答。再按一次 Ctrl-C 立即停止。</translation>
    </message>
    <message>
        <source>next try %1</source>
        <translation>下次尝试 %1</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1 个/s</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n instance(s)</source>
        <translation>
            <numerusform>%n 个实例</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) skipped</source>
        <translation>
            <numerusform>跳过 %n 个文件</numerusform>
        </translation>
    </message>
    <message>
        <source>Scanning: %1</source>
        <translation>正在扫描：%1</translation>
    </message>
    <message>
        <source>queued</source>
        <translation>排队中</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>正在连接</translation>
    </message>
    <message>
        <source>sending</source>
        <translation>正在发送</translation>
    </message>
    <message>
        <source>waiting to try again</source>
        <translation>等待重试</translation>
    </message>
    <message>
        <source>waiting for the scan</source>
        <translation>等待扫描</translation>
    </message>
    <message>
        <source>waiting for the allowed hours</source>
        <translation>等待允许的时段</translation>
    </message>
    <message>
        <source>destination not reachable</source>
        <translation>目的地无法连接</translation>
    </message>
    <message>
        <source>destination paused</source>
        <translation>目的地已暂停</translation>
    </message>
    <message>
        <source>ledger cannot be written</source>
        <translation>台账无法写入</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Job %1 to %2, %3</source>
        <translation>任务 %1，发往 %2，%3</translation>
    </message>
    <message numerus="yes">
        <source>and %n more study(ies)</source>
        <translation>
            <numerusform>以及另外 %n 个检查</numerusform>
        </translation>
    </message>
    <message>
        <source>Stored</source>
        <translation>已存储</translation>
    </message>
    <message>
        <source>Stored, with a warning</source>
        <translation>已存储，有警告</translation>
    </message>
    <message>
        <source>Waiting to try again</source>
        <translation>等待重试</translation>
    </message>
    <message>
        <source>Not sent yet</source>
        <translation>尚未发送</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Instances in all</source>
        <translation>实例总数</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are the same as another one and were sent once.</source>
        <translation>
            <numerusform>%n 个文件与其他文件内容相同，只发送一次。</numerusform>
        </translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>Everything is stored at the destination.</source>
        <translation>全部已存储在目的地。</translation>
    </message>
    <message>
        <source>The job is stopped: %1</source>
        <translation>任务已停止：%1</translation>
    </message>
    <message>
        <source>Not everything is sent. Go on with: radpost resume %1</source>
        <translation>尚未全部发送。继续发送：radpost resume %1</translation>
    </message>
    <message>
        <source>Send again what failed with: radpost retry %1</source>
        <translation>重新发送失败的部分：radpost retry %1</translation>
    </message>
    <message>
        <source>See: radpost help</source>
        <translation>参见：radpost help</translation>
    </message>
    <message>
        <source>See: radpost help %1</source>
        <translation>参见：radpost help %1</translation>
    </message>
    <message>
        <source>accession %1</source>
        <translation>检查号 %1</translation>
    </message>
    <message>
        <source>One patient ID with several names, birth dates or sexes.</source>
        <translation>同一患者 ID 对应多个姓名、出生日期或性别。</translation>
    </message>
    <message>
        <source>The text is in another character set than the files declare; it is shown as it should be.</source>
        <translation>文本的字符集与文件声明的不符；此处已按正确的字符集显示。</translation>
    </message>
    <message>
        <source>Some text fits no character set.</source>
        <translation>部分文本不符合任何字符集。</translation>
    </message>
    <message>
        <source>Study or Series Instance UID is missing.</source>
        <translation>缺少检查或序列的实例 UID。</translation>
    </message>
    <message>
        <source>Two files with one SOP Instance UID have different content; only the first is sent.</source>
        <translation>两个文件的 SOP 实例 UID 相同而内容不同；只发送第一个。</translation>
    </message>
    <message>
        <source>Patient without name and ID</source>
        <translation>没有姓名和 ID 的患者</translation>
    </message>
    <message>
        <source>%1 is not KIND[:COUNT[:SIZE]].</source>
        <translation>%1 不符合 KIND[:COUNT[:SIZE]]。</translation>
    </message>
    <message>
        <source>There is no encoding %1.</source>
        <translation>没有编码 %1。</translation>
    </message>
    <message>
        <source>There is no transfer syntax %1.</source>
        <translation>没有传输语法 %1。</translation>
    </message>
    <message>
        <source>--patients and --studies need whole numbers from 1.</source>
        <translation>--patients 和 --studies 需要不小于 1 的整数。</translation>
    </message>
    <message>
        <source>--seed needs a whole number.</source>
        <translation>--seed 需要整数。</translation>
    </message>
    <message>
        <source>Show the whole way: make studies, send them, compare what arrived</source>
        <translation>演示全过程：生成检查、发送、比对收到的内容</translation>
    </message>
    <message>
        <source>Makes synthetic studies, starts a receiver on a free port of this computer, examines it, sends over a real network connection, and compares every received file with its source. Where DCMTK&apos;s storescp is installed, it receives too. Nothing outside a temporary folder is touched.</source>
        <translation>生成合成检查，在本机空闲端口启动接收端，对其进行测试，通过真实的网络连接发送，并把收到的每个文件与来源比对。如果安装了 DCMTK 的 storescp，它也参与接收。不触及临时文件夹以外的任何内容。</translation>
    </message>
    <message>
        <source>Work in this folder and leave everything there.</source>
        <translation>在此文件夹中运行，并保留所有内容。</translation>
    </message>
    <message>
        <source>Only our own receiver.</source>
        <translation>只使用我方的接收端。</translation>
    </message>
    <message>
        <source>Ask for the kinds of objects found there instead of the usual ones.</source>
        <translation>按该处找到的对象类型询问，而不是常用类型。</translation>
    </message>
    <message>
        <source>Examine a destination step by step</source>
        <translation>逐步测试一个目的地</translation>
    </message>
    <message>
        <source>Name, connection, TLS, association, C-ECHO, and the kinds of objects that it takes. When a step fails, says what that means, what to do, and gives a text for the PACS administrator. Sends no image.</source>
        <translation>主机名、连接、TLS、关联、C-ECHO，以及它接受的对象类型。某一步失败时，说明其含义和处理办法，并给出可转给 PACS 管理员的文本。不发送影像。</translation>
    </message>
    <message>
        <source>The same as echo</source>
        <translation>与 echo 相同</translation>
    </message>
    <message>
        <source>Start receivers on free ports of this computer</source>
        <translation>在本机空闲端口启动接收端</translation>
    </message>
    <message>
        <source>Make synthetic studies</source>
        <translation>生成合成检查</translation>
    </message>
    <message>
        <source>%1 instances (%2) of %3 patients who do not exist</source>
        <translation>%1 个实例（%2），%3 位虚构患者</translation>
    </message>
    <message>
        <source>Look at what is there</source>
        <translation>查看内容</translation>
    </message>
    <message>
        <source>Examine the receivers</source>
        <translation>测试接收端</translation>
    </message>
    <message>
        <source>Send, and print the receipt</source>
        <translation>发送并打印回执</translation>
    </message>
    <message>
        <source>Compare what arrived with what was sent, byte for byte</source>
        <translation>逐字节比对收到的与发送的内容</translation>
    </message>
    <message>
        <source>%1 sent, %2 arrived identical, %3 different, %4 missing, %5 unexpected</source>
        <translation>发送 %1 个，完全相同 %2 个，不同 %3 个，缺失 %4 个，多余 %5 个</translation>
    </message>
    <message>
        <source>What it means: %1</source>
        <translation>含义：%1</translation>
    </message>
    <message>
        <source>What to do: %1</source>
        <translation>处理办法：%1</translation>
    </message>
    <message>
        <source>Explain a command, or list them all</source>
        <translation>说明某个命令，或列出所有命令</translation>
    </message>
    <message>
        <source>Nothing failed in job %1.</source>
        <translation>任务 %1 没有失败的实例。</translation>
    </message>
    <message>
        <source>Nothing is left to send in job %1.</source>
        <translation>任务 %1 没有剩余内容可发送。</translation>
    </message>
    <message>
        <source>It took %1 s, %2.</source>
        <translation>用时 %1 秒，%2。</translation>
    </message>
    <message>
        <source>--durability needs process or power-loss.</source>
        <translation>--durability 的值应为 process 或 power-loss。</translation>
    </message>
    <message>
        <source>What an image survives once it is acknowledged: power-loss (the default; each file is synced to the disk) or process (faster).</source>
        <translation>影像得到确认后能经受什么：power-loss（断电，默认；每个文件都同步到磁盘）或 process（仅程序退出，较快）。</translation>
    </message>
    <message>
        <source>Job %1 is not being sent.</source>
        <translation>任务 %1 没有在发送。</translation>
    </message>
    <message>
        <source>Job %1 is paused. Go on with: radpost resume %1</source>
        <translation>任务 %1 已暂停。继续请运行：radpost resume %1</translation>
    </message>
    <message>
        <source>Nothing is sent to %1 any more. Go on with: radpost resume --to %1</source>
        <translation>不再向 %1 发送。继续请运行：radpost resume --to %1</translation>
    </message>
    <message>
        <source>Hold a job or a destination until &quot;radpost resume&quot;</source>
        <translation>暂停任务或目的地，直到运行 radpost resume</translation>
    </message>
    <message>
        <source>Nothing failed on the way to %1.</source>
        <translation>发往 %1 的没有失败的。</translation>
    </message>
    <message>
        <source>The destination, with all its jobs, instead of one JOB.</source>
        <translation>目的地及其所有任务，用来代替单个 JOB。</translation>
    </message>
    <message>
        <source>Give either the number of a job or --to NAME.</source>
        <translation>请给出任务编号或 --to NAME，二者选一。</translation>
    </message>
    <message>
        <source>%1 is paused. Go on with: radpost resume --to %1</source>
        <translation>%1 已暂停。继续请运行：radpost resume --to %1</translation>
    </message>
    <message numerus="yes">
        <source>Nothing was there to send; %n file(s) could not be read.</source>
        <translation>
            <numerusform>没有可发送的内容；有 %n 个文件无法读取。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Everything that could be read is stored; %n file(s) could not be read.</source>
        <translation>
            <numerusform>能读取的内容已全部存储；有 %n 个文件无法读取。</numerusform>
        </translation>
    </message>
    <message>
        <source>There is nothing to cancel on the way to %1.</source>
        <translation>发往 %1 的任务中没有可取消的内容。</translation>
    </message>
    <message numerus="yes">
        <source>It works, with %n warning(s): see ⚠ above.</source>
        <translation>
            <numerusform>可以使用，但有 %n 项警告：见上文 ⚠。</numerusform>
        </translation>
    </message>
    <message>
        <source>The destination asked for a certificate of ours, and none is set.</source>
        <translation>目的地要求我方证书，但没有设置。</translation>
    </message>
    <message>
        <source>warning: %1</source>
        <translation>警告：%1</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>The destination did not ask for a certificate of ours.</source>
        <translation>目的地没有要求我方证书。</translation>
    </message>
    <message>
        <source>The destination asked for a certificate of ours, and one is set.</source>
        <translation>目的地要求我方证书，已设置。</translation>
    </message>
    <message>
        <source>Certificate of %1, by %2</source>
        <translation>证书：%1，签发者：%2</translation>
    </message>
    <message>
        <source>Made for: %1</source>
        <translation>适用名称：%1</translation>
    </message>
    <message>
        <source>Chain:</source>
        <translation>证书链：</translation>
    </message>
    <message>
        <source>%1. %2, by %3, until %4</source>
        <translation>%1. %2，签发者 %3，有效期至 %4</translation>
    </message>
    <message>
        <source>Certificate %1: %2</source>
        <translation>证书 %1：%2</translation>
    </message>
    <message>
        <source>element %1</source>
        <translation>元素 %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>sent instead: %1</source>
        <translation>已发送的是：%1</translation>
    </message>
    <message>
        <source>With --json, --format needs FILE.</source>
        <translation>使用 --json 时，--format 需要指定 FILE。</translation>
    </message>
    <message>
        <source>What was stored, by study and series, and every failure with its reason. The HTML page is made for printing. With --json and without --output it is one event.</source>
        <translation>按检查和序列列出已存储的内容，以及每个失败及其原因。HTML 页面适合打印。使用 --json 且没有 --output 时输出为一个事件。</translation>
    </message>
    <message>
        <source>With --json, --format %1 needs --output.</source>
        <translation>使用 --json 时，--format %1 需要 --output。</translation>
    </message>
    <message>
        <source>Everything as a page for man, or as completion for bash; the default is text.</source>
        <translation>以 man 手册页或 bash 补全脚本的形式输出全部内容；默认为 text。</translation>
    </message>
    <message>
        <source>User commands</source>
        <extracomment>Title of the manual section in the head line of every page</extracomment>
        <translation>用户命令</translation>
    </message>
    <message>
        <source>NAME</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>SYNOPSIS</source>
        <translation>概述</translation>
    </message>
    <message>
        <source>DESCRIPTION</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>Sends radiology images to a PACS or any other DICOM receiver. Every job is written to a ledger before its first byte leaves; after an interruption, a crash or a power failure it goes on where it stopped, and its receipt says for every instance what became of it.</source>
        <translation>将影像发送到 PACS 或其他 DICOM 接收方。每个任务都在发出第一个字节之前写入台账；中断、崩溃或断电之后从停止处继续，回执会说明每个实例的结果。</translation>
    </message>
    <message>
        <source>A destination (DEST) is the name of a destination or an address AET@host[:port], with tls:// before it for an encrypted connection.</source>
        <translation>目的地（DEST）可以是目的地的名称，也可以是地址 AET@host[:port]；加密连接在地址前加 tls://。</translation>
    </message>
    <message>
        <source>EXIT STATUS</source>
        <translation>退出状态</translation>
    </message>
    <message>
        <source>FILES</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Settings and destinations; in $XDG_CONFIG_HOME/radpost where that is set.</source>
        <translation>设置和目的地；设置了 $XDG_CONFIG_HOME 时在 $XDG_CONFIG_HOME/radpost 中。</translation>
    </message>
    <message>
        <source>The ledger; in $XDG_DATA_HOME/radpost where that is set. It is not removed with the program.</source>
        <translation>台账；设置了 $XDG_DATA_HOME 时在 $XDG_DATA_HOME/radpost 中。卸载程序时不会删除。</translation>
    </message>
    <message>
        <source>COMMANDS</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>OPTIONS OF EVERY COMMAND</source>
        <translation>所有命令的选项</translation>
    </message>
    <message>
        <source>SEE ALSO</source>
        <translation>另见</translation>
    </message>
    <message>
        <source>table (the default) or csv; --json gives events.</source>
        <translation>table（默认）或 csv；--json 输出事件。</translation>
    </message>
    <message>
        <source>Nothing matches.</source>
        <translation>没有匹配的结果。</translation>
    </message>
    <message>
        <source>There may be more.</source>
        <translation>可能还有更多结果。</translation>
    </message>
    <message>
        <source>--format needs table or csv.</source>
        <translation>--format 需要 table 或 csv。</translation>
    </message>
    <message>
        <source>patient, study (the default), series or image.</source>
        <translation>patient、study（默认）、series 或 image。</translation>
    </message>
    <message>
        <source>Ask a PACS what it has (C-FIND)</source>
        <translation>查询 PACS 中有什么（C-FIND）</translation>
    </message>
    <message>
        <source>Lists patients, studies, series or instances that match. Ctrl-C tells the PACS to stop.</source>
        <translation>列出匹配的患者、检查、序列或实例。按 Ctrl-C 可让 PACS 停止。</translation>
    </message>
    <message>
        <source>AE title of the device that is to do it.</source>
        <translation>执行检查的设备的应用实体标题。</translation>
    </message>
    <message>
        <source>The patient.</source>
        <translation>患者。</translation>
    </message>
    <message>
        <source>Ask a RIS what is scheduled (modality worklist)</source>
        <translation>查询 RIS 的预约（设备工作列表）</translation>
    </message>
    <message>
        <source>Lists the scheduled procedure steps that match. Ctrl-C tells the RIS to stop.</source>
        <translation>列出匹配的预约步骤。按 Ctrl-C 可让 RIS 停止。</translation>
    </message>
    <message numerus="yes">
        <source>%n instance(s) sent</source>
        <translation>
            <numerusform>已发送 %n 个实例</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to go</source>
        <translation>
            <numerusform>还剩 %n 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n instance(s) received</source>
        <translation>
            <numerusform>已接收 %n 个实例</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopped before the end.</source>
        <translation>未完成即已停止。</translation>
    </message>
    <message>
        <source>Have a PACS send to another node, or here (C-MOVE)</source>
        <translation>让 PACS 发送到另一个节点或本机（C-MOVE）</translation>
    </message>
    <message>
        <source>The PACS must know the receiving AE title with its address. With --dir, Radpost itself receives while the command runs.</source>
        <translation>PACS 中必须登记接收方的应用实体标题和地址。使用 --dir 时，命令运行期间由 Radpost 自己接收。</translation>
    </message>
    <message>
        <source>Who is to receive; without it, our own AE title, with --dir.</source>
        <translation>接收方；不写则用本机的应用实体标题，需配合 --dir。</translation>
    </message>
    <message>
        <source>Receive here, into this folder.</source>
        <translation>在本机接收，存入此文件夹。</translation>
    </message>
    <message>
        <source>Port to receive on; the default is that of receive.</source>
        <translation>接收端口；默认与 receive 相同。</translation>
    </message>
    <message>
        <source>Say where to: --to AET, or --dir FOLDER to receive here.</source>
        <translation>请说明发往何处：--to AET，或用 --dir FOLDER 在本机接收。</translation>
    </message>
    <message>
        <source>--to needs an AE title of 1 to 16 ASCII characters.</source>
        <translation>--to 需要 1 至 16 个 ASCII 字符的应用实体标题。</translation>
    </message>
    <message>
        <source>Fetch from a PACS over the same association (C-GET)</source>
        <translation>通过同一关联从 PACS 取回（C-GET）</translation>
    </message>
    <message>
        <source>Nothing has to listen here, so that firewalls and address tables do not matter. Files are written bit for bit as FOLDER/SOPInstanceUID.dcm.</source>
        <translation>本机无需监听，因此不受防火墙和地址表的影响。文件逐位写入为 FOLDER/SOPInstanceUID.dcm。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Born</source>
        <translation>出生日期</translation>
    </message>
    <message>
        <source>Sex</source>
        <translation>性别</translation>
    </message>
    <message>
        <source>Studies</source>
        <translation>检查数</translation>
    </message>
    <message>
        <source>Patient ID</source>
        <translation>患者 ID</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Modality</source>
        <translation>设备类型</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>影像数</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>Study Instance UID</source>
        <translation>Study Instance UID</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>序号</translation>
    </message>
    <message>
        <source>Series Instance UID</source>
        <translation>Series Instance UID</translation>
    </message>
    <message>
        <source>SOP Class UID</source>
        <translation>SOP Class UID</translation>
    </message>
    <message>
        <source>SOP Instance UID</source>
        <translation>SOP Instance UID</translation>
    </message>
    <message>
        <source>Scheduled</source>
        <translation>预约时间</translation>
    </message>
    <message>
        <source>Station</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Accession</source>
        <translation>检查号</translation>
    </message>
    <message>
        <source>--model needs patient or study.</source>
        <translation>--model 需要 patient 或 study。</translation>
    </message>
    <message>
        <source>--level needs patient, study, series or image.</source>
        <translation>--level 需要 patient、study、series 或 image。</translation>
    </message>
    <message>
        <source>--limit needs a number.</source>
        <translation>--limit 需要一个数字。</translation>
    </message>
    <message>
        <source>--key needs an attribute, or ATTRIBUTE=VALUE: %1</source>
        <translation>--key 需要属性名，或 属性=值：%1</translation>
    </message>
    <message>
        <source>The study.</source>
        <translation>检查。</translation>
    </message>
    <message>
        <source>The series; needs --study.</source>
        <translation>序列；需要 --study。</translation>
    </message>
    <message>
        <source>The instance; needs --study and --series.</source>
        <translation>实例；需要 --study 和 --series。</translation>
    </message>
    <message>
        <source>Patient&apos;s name; * and ? stand for any letters.</source>
        <translation>患者姓名；* 和 ? 代表任意字符。</translation>
    </message>
    <message>
        <source>Accession number.</source>
        <translation>检查号。</translation>
    </message>
    <message>
        <source>CT, MR, …</source>
        <translation>CT、MR……</translation>
    </message>
    <message>
        <source>Any other attribute, by keyword or tag, also in a sequence (SEQUENCE.KEY); without a value it is only asked for.</source>
        <translation>其他任意属性，用关键字或标签表示，也可位于序列属性中（SEQUENCE.KEY）；不写值则只请求返回它。</translation>
    </message>
    <message>
        <source>Character set of the question: ISO_IR 192 (the default), GB18030, …</source>
        <translation>查询所用的字符集：ISO_IR 192（默认）、GB18030……</translation>
    </message>
    <message>
        <source>Stop the other system after so many matches.</source>
        <translation>达到这么多条结果后让对方停止。</translation>
    </message>
    <message>
        <source>A series needs --study as well, an instance --study and --series.</source>
        <translation>指定序列时还需要 --study，指定实例时还需要 --study 和 --series。</translation>
    </message>
    <message>
        <source>Say what to fetch: --study UID, or --patient-id ID with --model patient.</source>
        <translation>请说明要取回什么：--study UID，或 --patient-id ID 加 --model patient。</translation>
    </message>
    <message>
        <source>The configuration has the same rules.</source>
        <translation>与配置中的规则相同。</translation>
    </message>
    <message>
        <source>Compared with the rules of the configuration:</source>
        <translation>与配置中的规则相比：</translation>
    </message>
    <message>
        <source>Check rules, and tell what a draft would change</source>
        <translation>校验规则，并说明草稿会改变什么</translation>
    </message>
    <message>
        <source>RULES is a file of rules, or a configuration with rules in it. Without one the rules of the configuration are checked. All mistakes are named with file, line and column.</source>
        <translation>RULES 是规则文件，或含有规则的配置文件。不给出则校验当前配置的规则。所有错误都会指出文件、行和列。</translation>
    </message>
    <message>
        <source>No mistakes. Rules: %1, groups: %2.</source>
        <translation>没有错误。规则：%1，组：%2。</translation>
    </message>
    <message>
        <source>--%1 needs an AE title.</source>
        <translation>--%1 需要应用实体标题。</translation>
    </message>
    <message>
        <source>--from needs an IP address.</source>
        <translation>--from 需要 IP 地址。</translation>
    </message>
    <message>
        <source>--at needs a date and time such as 2026-03-14T22:30.</source>
        <translation>--at 需要日期和时间，例如 2026-03-14T22:30。</translation>
    </message>
    <message>
        <source>Tell where the rules would send files, and why</source>
        <translation>说明规则会把文件发往何处，以及原因</translation>
    </message>
    <message>
        <source>Rules to try instead of those of the configuration.</source>
        <translation>改用此文件中的规则，而不是配置中的规则。</translation>
    </message>
    <message>
        <source>As if this AE title had sent it.</source>
        <translation>假设由此应用实体标题发来。</translation>
    </message>
    <message>
        <source>As if it had been sent to this AE title.</source>
        <translation>假设发往此应用实体标题。</translation>
    </message>
    <message>
        <source>As if it came from this address.</source>
        <translation>假设来自此地址。</translation>
    </message>
    <message>
        <source>As if it came by this listener or watch folder.</source>
        <translation>假设经由此监听端口或监视文件夹而来。</translation>
    </message>
    <message>
        <source>As if it came at this local time, 2026-03-14T22:30; else now.</source>
        <translation>假设在此本地时间收到，例如 2026-03-14T22:30；默认为现在。</translation>
    </message>
    <message>
        <source>Show values that may tell about a person, too.</source>
        <translation>同时显示可能涉及个人的值。</translation>
    </message>
    <message>
        <source>What people call it.</source>
        <translation>人们对它的称呼。</translation>
    </message>
    <message>
        <source>No refused peer has this number.</source>
        <translation>没有该编号的被拒绝设备。</translation>
    </message>
    <message>
        <source>%1 at %2 may call from now on.</source>
        <translation>从现在起允许 %1（%2）连接。</translation>
    </message>
    <message numerus="yes">
        <source>%n time(s)</source>
        <translation>
            <numerusform>%n 次</numerusform>
        </translation>
    </message>
    <message>
        <source>It may call, but asked for the AE title %1.</source>
        <translation>它有权连接，但呼叫的 AE Title 是 %1。</translation>
    </message>
    <message>
        <source>List who may call the gateway, and who was refused</source>
        <translation>列出允许连接网关的设备和被拒绝的设备</translation>
    </message>
    <message>
        <source>Peers of the configuration, then those whom the gateway did not let in, the last one first, with the number for &quot;radpost peer admit&quot;.</source>
        <translation>先列出配置中的设备，再列出被网关拒绝的设备，最近的在前，附有用于“radpost peer admit”的编号。</translation>
    </message>
    <message>
        <source>Anyone may call.</source>
        <translation>任何设备都可以连接。</translation>
    </message>
    <message numerus="yes">
        <source>This machine may call, and %n peer(s):</source>
        <translation>
            <numerusform>本机和 %n 个设备可以连接：</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n peer(s) refused</source>
        <translation>
            <numerusform>%n 个设备被拒绝</numerusform>
        </translation>
    </message>
    <message>
        <source>Make the index of the spool anew from its files</source>
        <translation>根据接收库的文件重建索引</translation>
    </message>
    <message>
        <source>Compares the files of the spool with the index and mends the index. A ledger that is damaged is put aside first, with the jobs that it holds. The gateway must not run meanwhile; it does the same at its start, as long as the ledger is sound.</source>
        <translation>将接收库的文件与索引比较并修复索引。已损坏的台账连同其中的任务先移到一旁。期间网关不能运行；只要台账完好，网关启动时也会做同样的比较。</translation>
    </message>
    <message>
        <source>The ledger was damaged; it lies in %1.</source>
        <translation>台账已损坏，现位于 %1。</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) were in the index</source>
        <translation>
            <numerusform>%n 个文件已在索引中</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) entered the index</source>
        <translation>
            <numerusform>%n 个文件已补入索引</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n copy/copies removed</source>
        <translation>
            <numerusform>已删除 %n 个副本</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) missing</source>
        <translation>
            <numerusform>缺少 %n 个文件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n damaged file(s) set aside</source>
        <translation>
            <numerusform>%n 个损坏的文件已移到一旁</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n identical again</source>
        <translation>
            <numerusform>%n 个内容相同的重复实例</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n with another content</source>
        <translation>
            <numerusform>%n 个内容不同的实例</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n association(s) refused</source>
        <translation>
            <numerusform>已拒绝 %n 个关联</numerusform>
        </translation>
    </message>
    <message>
        <source>Listening on port %1 with TLS, spool in %2. Ctrl-C ends it.</source>
        <translation>正在端口 %1 上监听（TLS），接收库位于 %2。按 Ctrl-C 结束。</translation>
    </message>
    <message>
        <source>Listening on port %1, spool in %2. Ctrl-C ends it.</source>
        <translation>正在端口 %1 上监听，接收库位于 %2。按 Ctrl-C 结束。</translation>
    </message>
    <message>
        <source>The configuration was read again.</source>
        <translation>已重新读取配置。</translation>
    </message>
    <message>
        <source>The configuration has a fault; what was read before stays in force.</source>
        <translation>配置有错误；此前读取的内容继续有效。</translation>
    </message>
    <message>
        <source>Write a ZIP file for support</source>
        <translation>写出供技术支持使用的 ZIP 文件</translation>
    </message>
    <message>
        <source>Versions, system, settings, destinations, what the ledger comes to, and the masked log of the desktop program. No image, no secret, and no patient that the ledger knows. Works also while another Radpost is sending.</source>
        <translation>版本、系统、设置、目的地、台账概况，以及桌面程序已遮蔽的日志。不含影像、机密和台账内的任何患者信息。另一个 Radpost 正在发送时也可使用。</translation>
    </message>
    <message>
        <source>The ledger could not be read; names of its patients were not looked for.</source>
        <translation>无法读取台账，因此没有查找其中患者的姓名。</translation>
    </message>
    <message>
        <source>--log-format needs text or json.</source>
        <translation>--log-format 只能是 text 或 json。</translation>
    </message>
    <message>
        <source>How lines of the log are written; with --json the default is json.</source>
        <translation>日志行的格式；使用 --json 时默认为 json。</translation>
    </message>
    <message>
        <source>Health and metrics on port %1 of this machine.</source>
        <translation>本机端口 %1 提供健康状态和指标。</translation>
    </message>
    <message>
        <source>--port needs a number from 1 to 65535.</source>
        <translation>--port 需要 1 至 65535 的数字。</translation>
    </message>
    <message>
        <source>Every rule and every test is shown with what the file has. Nothing is sent. What may tell about a person is hidden, unless --show-values is given. In the place of a file, the SOP Instance UID of a received instance may stand: it is judged as it came.</source>
        <translation>显示每条规则和每项条件以及文件中的值。不发送任何内容。可能涉及个人的内容会隐藏，除非给出 --show-values。也可以用已接收实例的 SOP 实例 UID 代替文件：按其接收时的情况判断。</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>另有 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Tell what a draft of rules would have done with what was received</source>
        <translation>说明规则草稿会如何处理已接收的内容</translation>
    </message>
    <message>
        <source>Runs what the spool holds through the rules of the configuration and through the draft, and tells the difference. Nothing is sent. All members of groups count as healthy; the name of the listener or watch folder is not known any more. Works beside a gateway that runs.</source>
        <translation>将接收库中的实例分别按配置中的规则和草稿判断，并说明差别。不发送任何内容。组内成员均视为正常；监听端口或监视文件夹的名称已不可知。网关运行时也可使用。</translation>
    </message>
    <message>
        <source>The draft: a file of rules, or a configuration with rules in it.</source>
        <translation>草稿：规则文件，或含有规则的配置文件。</translation>
    </message>
    <message>
        <source>Only what was received since: 7d, 12h, 30m, or a local time such as 2026-03-14T22:30. The default is 7d.</source>
        <translation>只看此后接收的内容：7d、12h、30m，或本地时间，如 2026-03-14T22:30。默认为 7d。</translation>
    </message>
    <message>
        <source>--rules is missing: the draft to compare with.</source>
        <translation>缺少 --rules：用于比较的草稿。</translation>
    </message>
    <message>
        <source>--since needs a span such as 7d, 12h or 30m, or a date and time.</source>
        <translation>--since 需要时间段（如 7d、12h 或 30m）或日期时间。</translation>
    </message>
    <message numerus="yes">
        <source>%n instance(s) could not be written here</source>
        <translation>
            <numerusform>%n 个实例无法写入本机</numerusform>
        </translation>
    </message>
    <message>
        <source>Copy the ledger while it is used</source>
        <translation>在使用中复制台账</translation>
    </message>
    <message>
        <source>The copy is whole and as of one moment; a program that sends or receives goes on meanwhile. It holds names of patients and is readable for its owner only. Files of the spool are not in it. A file that is there is not overwritten. To restore it, put it in the place of ledger.sqlite while nothing runs.</source>
        <translation>副本完整，且为同一时刻的内容；期间发送或接收的程序照常运行。副本含有患者姓名，仅所有者可读。接收库的文件不在其中。不会覆盖已有文件。恢复时，在没有程序运行的情况下用它替换 ledger.sqlite。</translation>
    </message>
    <message>
        <source>The ledger was copied to %1, %2.</source>
        <translation>台账已复制到 %1，%2。</translation>
    </message>
    <message>
        <source>Check the ledger</source>
        <translation>检查台账是否完好</translation>
    </message>
    <message>
        <source>Reads the whole file and tells what is damaged in it. Works beside a gateway that runs. A damaged ledger of a gateway is made anew with &quot;radpost spool rebuild&quot;.</source>
        <translation>读取整个文件并说明其中的损坏。网关运行时也可使用。网关的台账损坏时，用“radpost spool rebuild”重建。</translation>
    </message>
    <message>
        <source>The ledger is sound.</source>
        <translation>台账完好。</translation>
    </message>
    <message numerus="yes">
        <source>The ledger is damaged, %n fault(s):</source>
        <translation>
            <numerusform>台账已损坏，共 %n 处：</numerusform>
        </translation>
    </message>
    <message>
        <source>may query</source>
        <translation>可以查询</translation>
    </message>
    <message>
        <source>may retrieve</source>
        <translation>可以调取</translation>
    </message>
    <message>
        <source>takes C-MOVE on port %1</source>
        <translation>在端口 %1 接收 C-MOVE</translation>
    </message>
    <message>
        <source>Ask the destination what it has already (C-FIND at IMAGE level), and send only the rest.</source>
        <translation>先询问目的地已有哪些实例（IMAGE 级 C-FIND），只发送其余的。</translation>
    </message>
    <message>
        <source>Everything is sent. Waiting for the proof of delivery…</source>
        <translation>已全部发送。正在等待送达证明…</translation>
    </message>
    <message>
        <source>--proof needs response, commitment or query.</source>
        <translation>--proof 需要 response、commitment 或 query。</translation>
    </message>
    <message>
        <source>--proof-wait needs a duration such as 5min.</source>
        <translation>--proof-wait 需要一个时长，例如 5min。</translation>
    </message>
    <message>
        <source>--commitment-port needs a number from 1 to 65535.</source>
        <translation>--commitment-port 需要 1 到 65535 的数字。</translation>
    </message>
    <message>
        <source>What counts as delivered: response (the answer to each image), commitment (the destination reports that it keeps it) or query (it is found by C-FIND afterwards). Without it, as the destination&apos;s settings say.</source>
        <translation>以什么为送达：response（对每个影像的应答）、commitment（目的地报告会保存它）或 query（之后用 C-FIND 能查到）。不给出时按目的地的设置。</translation>
    </message>
    <message>
        <source>How long commitment or query are waited for after the last image; what is not proved by then makes the exit code 1. The default is 1min.</source>
        <translation>最后一个影像之后，等待存储承诺或查询结果的时长；届时仍未证明的，退出码为 1。默认为 1min。</translation>
    </message>
    <message>
        <source>Port on which reports of storage commitment are awaited while the command runs; without it, the setting commitment_port.</source>
        <translation>命令运行期间接收存储承诺报告的端口；不给出时使用设置 commitment_port。</translation>
    </message>
    <message>
        <source>Proof of delivery: storage commitment</source>
        <translation>送达证明：存储承诺</translation>
    </message>
    <message>
        <source>Proof of delivery: query (C-FIND at IMAGE level)</source>
        <translation>送达证明：查询（IMAGE 级 C-FIND）</translation>
    </message>
    <message>
        <source>Proved</source>
        <translation>已证明</translation>
    </message>
    <message>
        <source>Asked for, no answer yet</source>
        <translation>已索取，尚无答复</translation>
    </message>
    <message>
        <source>Not proved</source>
        <translation>未证明</translation>
    </message>
    <message>
        <source>Not asked for yet</source>
        <translation>尚未索取</translation>
    </message>
    <message>
        <source>Everything is sent, but the proof of delivery is not complete.</source>
        <translation>已全部发送，但送达证明不完整。</translation>
    </message>
    <message>
        <source>Wait for it again with: radpost resume %1</source>
        <translation>继续等待：radpost resume %1</translation>
    </message>
    <message>
        <source>Send again what was not proved with: radpost retry %1</source>
        <translation>重新发送未证明的实例：radpost retry %1</translation>
    </message>
    <message>
        <source>The destination has everything already.</source>
        <translation>目的地已有全部实例。</translation>
    </message>
    <message>
        <source>Everything is stored at the destination, and proved.</source>
        <translation>已全部存储到目的地，并已证明。</translation>
    </message>
    <message>
        <source>List what waits for a person, and why</source>
        <translation>列出等待人工处理的内容及原因</translation>
    </message>
    <message>
        <source>Instances that the gateway holds: a rule says so, a rule could not be judged, or a destination or transform profile is missing. The number is for &quot;radpost route release&quot;. Also beside a gateway that runs.</source>
        <translation>网关暂留的实例：规则要求暂留、规则无法判定，或缺少目的地或转换方案。编号用于“radpost route release”。网关运行时也可使用。</translation>
    </message>
    <message>
        <source>Nothing is held.</source>
        <translation>没有暂留的实例。</translation>
    </message>
    <message numerus="yes">
        <source>%n held</source>
        <translation>
            <numerusform>%n 个暂留</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n instance(s) wanted by no rule; &quot;radpost route release --unmatched&quot; has them judged again.</source>
        <translation>
            <numerusform>%n 个实例没有匹配任何规则；“radpost route release --unmatched”可让它们重新判定。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n instance(s) will not be sent.</source>
        <translation>
            <numerusform>%n 个实例将不会发送。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n instance(s) go on.</source>
        <translation>
            <numerusform>%n 个实例继续处理。</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is held with the number %1.</source>
        <translation>没有编号为 %1 的暂留实例。</translation>
    </message>
    <message>
        <source>Let what is held go on, or drop it</source>
        <translation>放行暂留的实例，或将其丢弃</translation>
    </message>
    <message>
        <source>The rules behind the one that held an instance say where it goes now. What was held for another cause is judged again; where it went already it does not go twice. A gateway that runs does it itself; without one it is done at its next start.</source>
        <translation>由暂留该实例的规则之后的规则决定其去向。因其他原因暂留的实例会重新判定；已送达的目的地不会重复发送。网关正在运行时由网关执行；否则在下次启动时执行。</translation>
    </message>
    <message>
        <source>It is not to be sent, and may leave the spool.</source>
        <translation>不再发送，可从接收库移除。</translation>
    </message>
    <message>
        <source>All that no rule wanted, too: after the rules were changed.</source>
        <translation>同时包括没有匹配任何规则的全部实例：用于修改规则之后。</translation>
    </message>
    <message>
        <source>Run the gateway: receive durably, route by rules, forward</source>
        <translation>运行网关：可靠接收、按规则路由、转发</translation>
    </message>
    <message>
        <source>Answers C-ECHO, C-STORE, C-FIND, C-MOVE and C-GET, and storage commitment for what it holds. An instance is acknowledged when its file in the spool and its row in the index are safe; then the rules of the configuration say where it goes. What is not delivered is gone on with, whatever happens in between; what is delivered everywhere leaves the spool after a while. This machine itself may send; other peers are listed in the configuration or admitted with &quot;radpost peer admit&quot;; to query and to retrieve, a listed peer needs that right. Every setting stands in the configuration file; it is read again, with the rules, when it changes or on SIGHUP. Ends with Ctrl-C or SIGTERM, after what is under way.</source>
        <translation>响应 C-ECHO、C-STORE、C-FIND、C-MOVE 和 C-GET，并对所保存的实例响应存储确认。实例的文件和索引记录都安全保存后才予以确认；随后由配置中的规则决定其去向。未送达的内容无论期间发生什么都会继续发送；已全部送达的内容过一段时间后离开接收库。本机可以发送；其他设备须列在配置中，或用“radpost peer admit”允许；列出的设备须有相应权限才能查询和获取。所有设置都在配置文件中；文件改变或收到 SIGHUP 时连同规则重新读取。按 Ctrl-C 或收到 SIGTERM 后，完成正在进行的工作再结束。</translation>
    </message>
    <message numerus="yes">
        <source>%n instance(s) in the spool, %1</source>
        <translation>
            <numerusform>接收库中有 %n 个实例，%1</numerusform>
        </translation>
    </message>
    <message>
        <source>not routed yet</source>
        <translation>尚未路由</translation>
    </message>
    <message>
        <source>not yet delivered to %1</source>
        <translation>尚未送达 %1</translation>
    </message>
    <message>
        <source>rejected by %1, until the job is sent again or settled</source>
        <translation>被 %1 拒绝，保留到任务重新发送或处理完毕</translation>
    </message>
    <message>
        <source>waiting for the rest of a series or study, or for a time</source>
        <translation>等待序列或检查的其余部分，或等待规定时间</translation>
    </message>
    <message>
        <source>held for a person</source>
        <translation>等待人工处理</translation>
    </message>
    <message>
        <source>wanted by no rule</source>
        <translation>没有匹配任何规则</translation>
    </message>
    <message>
        <source>done, kept for the retention time</source>
        <translation>已完成，在保留期内保存</translation>
    </message>
    <message>
        <source>The oldest undelivered came at %1.</source>
        <translation>最早的未送达实例于 %1 接收。</translation>
    </message>
    <message>
        <source>Tell how much is in the spool, and why</source>
        <translation>说明接收库中有多少内容及原因</translation>
    </message>
    <message>
        <source>By cause: not delivered to a destination, rejected, waiting, held, wanted by no rule, or done and kept for the retention time. An instance with several causes is counted with each. Also beside a gateway that runs.</source>
        <translation>按原因统计：未送达某目的地、被拒绝、等待中、暂留、没有匹配任何规则，或已完成并在保留期内保存。有多个原因的实例在每项中各计一次。网关运行时也可使用。</translation>
    </message>
    <message>
        <source>The rule &quot;%1&quot; holds it.</source>
        <translation>规则“%1”将其暂留。</translation>
    </message>
    <message>
        <source>The rule &quot;%1&quot; holds it: %2</source>
        <translation>规则“%1”将其暂留：%2</translation>
    </message>
    <message>
        <source>The rule &quot;%1&quot; could not be judged.</source>
        <translation>规则“%1”无法判定。</translation>
    </message>
    <message>
        <source>Two rules send it to %1 with different transform profiles.</source>
        <translation>两条规则以不同的转换方案将其发送到 %1。</translation>
    </message>
    <message>
        <source>The rule &quot;%1&quot; wants the transform profile %2, which cannot be carried out yet; nothing is sent to %3.</source>
        <translation>规则“%1”要求转换方案 %2，目前尚不能执行；未向 %3 发送任何内容。</translation>
    </message>
    <message>
        <source>The destination %1 is not in the configuration any more.</source>
        <translation>目的地 %1 已不在配置中。</translation>
    </message>
    <message>
        <source>Its file in the spool is gone.</source>
        <translation>其在接收库中的文件已丢失。</translation>
    </message>
    <message>
        <source>%1: %2 of %3 instances delivered (job %4, %5).</source>
        <translation>%1：%3 个实例中已送达 %2 个（任务 %4，%5）。</translation>
    </message>
    <message>
        <source>%1 answers again.</source>
        <translation>%1 已恢复应答。</translation>
    </message>
    <message numerus="yes">
        <source>%n instance(s) held.</source>
        <translation>
            <numerusform>%n 个实例暂留。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 rejected %n instance(s); &quot;radpost jobs&quot; tells which job to look at.</source>
        <translation>
            <numerusform>%1 拒绝了 %n 个实例；“radpost jobs”会显示需查看的任务。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n delivered</source>
        <translation>
            <numerusform>%n 个已送达</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rejected by destinations</source>
        <translation>
            <numerusform>%n 个被目的地拒绝</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n wanted by no rule</source>
        <translation>
            <numerusform>%n 个没有匹配任何规则</numerusform>
        </translation>
    </message>
    <message>
        <source>There are no rules: what is received stays in the spool.</source>
        <translation>没有规则：接收的内容保留在接收库中。</translation>
    </message>
    <message>
        <source>The rules have a fault; those of before stay in force.</source>
        <translation>规则有错误；先前的规则继续生效。</translation>
    </message>
    <message>
        <source>This study is complete: rules that wait for it send it now.</source>
        <translation>此检查已完整：等待它的规则立即发送。</translation>
    </message>
    <message>
        <source>This series is complete: rules that wait for it send it now.</source>
        <translation>此序列已完整：等待它的规则立即发送。</translation>
    </message>
    <message>
        <source>&quot;route release&quot; needs numbers that &quot;route held&quot; shows, --unmatched, --study or --series.</source>
        <translation>“route release”需要“route held”显示的编号，或 --unmatched、--study、--series。</translation>
    </message>
    <message>
        <source>--drop is not for --study and --series.</source>
        <translation>--drop 不能与 --study 和 --series 同用。</translation>
    </message>
    <message>
        <source>The configuration is gone; what was read before stays in force: %1</source>
        <translation>配置文件不见了；此前读取的内容继续有效：%1</translation>
    </message>
    <message numerus="yes">
        <source>%n instance(s) were there before: a query found them, and the destination was not asked to commit to them.</source>
        <translation>
            <numerusform>%n 个实例原先已在目的地：由查询找到，未向目的地请求存储承诺。</numerusform>
        </translation>
    </message>
    <message>
        <source>Send without --only-missing to have them committed to, or take --proof query as proof.</source>
        <translation>如需存储承诺，请不加 --only-missing 重新发送；或改用 --proof query 作为送达证明。</translation>
    </message>
    <message>
        <source>What is stored stays stored; the rest of the job will not be sent. Beside a Radpost that runs on the same data folder, such as the gateway, that one does it, and what it did is said.</source>
        <translation>已存储的保持不变；任务的其余部分不再发送。如果同一数据文件夹上有正在运行的 Radpost（例如网关），则由它执行，并显示它实际做了什么。</translation>
    </message>
    <message>
        <source>dest. paused</source>
        <extracomment>At most 12 columns wide: the destination of the job is paused.</extracomment>
        <translation>目的地已暂停</translation>
    </message>
    <message>
        <source>A paused job is left out by &quot;radpost resume&quot; without a number. What is sent to a paused destination is written to the ledger and waits there. Beside a Radpost that runs on the same data folder, such as the gateway, that one does it, and what it did is said.</source>
        <translation>不给编号的 radpost resume 不会继续已暂停的任务。发往已暂停目的地的内容会写入台账并在那里等待。如果同一数据文件夹上有正在运行的 Radpost（例如网关），则由它执行，并显示它实际做了什么。</translation>
    </message>
    <message>
        <source>may send</source>
        <translation>可以发送</translation>
    </message>
    <message>
        <source>%1 may call from now on.</source>
        <translation>从现在起允许 %1 连接。</translation>
    </message>
    <message>
        <source>Let a refused peer call the gateway, or grant a peer more</source>
        <translation>允许被拒绝的设备连接网关，或授予设备更多权限</translation>
    </message>
    <message>
        <source>Writes a [[peer]] table to the configuration: the AE title and the address of the peer, and the fingerprint of its TLS certificate when it showed one. It may send then; to query and to retrieve it needs --query and --retrieve. With the name or AE title of a listed peer, that one gets these rights, too. A gateway that runs takes it up at once. &quot;radpost peer list&quot; shows the numbers.</source>
        <translation>在配置中写入一个 [[peer]] 表：该设备的 AE Title 和地址；如果它出示过 TLS 证书，还有证书指纹。之后它可以发送；查询和获取需要 --query 和 --retrieve。给出已列出设备的名称或 AE Title，则为该设备增加这些权限。正在运行的网关会立即采用。编号见“radpost peer list”。</translation>
    </message>
    <message>
        <source>It may query what the gateway holds (C-FIND).</source>
        <translation>允许它查询网关中的内容（C-FIND）。</translation>
    </message>
    <message>
        <source>It may retrieve what the gateway holds (C-MOVE and C-GET).</source>
        <translation>允许它获取网关中的内容（C-MOVE 和 C-GET）。</translation>
    </message>
    <message>
        <source>There is not exactly one peer with the name or AE title %1.</source>
        <translation>名称或 AE Title 为 %1 的设备不是恰好一个。</translation>
    </message>
    <message>
        <source>Takes its [[peer]] table out of the configuration. PEER is its name or its AE title, as &quot;radpost peer list&quot; shows them. A gateway that runs takes it up at once; what the peer is sending at that moment still arrives.</source>
        <translation>从配置中删除该设备的 [[peer]] 表。PEER 是它的名称或 AE Title，见“radpost peer list”。正在运行的网关会立即采用；该设备当时正在发送的内容仍会收到。</translation>
    </message>
    <message>
        <source>Without a number: every job that is unfinished. With a number: that job, also when it was paused or stopped. With --to: the destination is no longer paused, and its unfinished jobs go on. What is stored already is not sent again. Proof of delivery that is still to be had is asked for on. Beside a Radpost that runs on the same data folder, such as the gateway, that one goes on with them.</source>
        <translation>不给编号：继续所有未完成的任务。给出编号：继续该任务，即使它已暂停或停止。使用 --to：解除目的地的暂停，并继续其未完成的任务。已存储的不会再次发送。尚未得到的送达证明会继续索取。如果同一数据文件夹上有正在运行的 Radpost（例如网关），则由它继续。</translation>
    </message>
    <message>
        <source>Every failed instance of the job gets a fresh try; what is stored is left alone. Beside a Radpost that runs on the same data folder, such as the gateway, that one sends.</source>
        <translation>任务中每个失败的实例都会重新尝试；已存储的不受影响。如果同一数据文件夹上有正在运行的 Radpost（例如网关），则由它发送。</translation>
    </message>
    <message>
        <source>Nothing is sent to %1: it is paused.</source>
        <translation>%1 已暂停，不向它发送。</translation>
    </message>
    <message>
        <source>%1 is not paused.</source>
        <translation>%1 未处于暂停状态。</translation>
    </message>
    <message numerus="yes">
        <source>And %n more job(s).</source>
        <translation>
            <numerusform>另有 %n 个任务。</numerusform>
        </translation>
    </message>
    <message>
        <source>--%1 has no effect: another Radpost sends.</source>
        <translation>--%1 不起作用：由另一个 Radpost 发送。</translation>
    </message>
    <message>
        <source>Job %1 to %2 goes on in the Radpost that runs. See: radpost show %1</source>
        <translation>发往 %2 的任务 %1 由正在运行的 Radpost 继续。查看：radpost show %1</translation>
    </message>
    <message numerus="yes">
        <source>%n not sent: the destination had them</source>
        <translation>
            <numerusform>%n 个未发送：目的地已有</numerusform>
        </translation>
    </message>
    <message>
        <source>This caller has no AE title. If every title of %1 may call, write the [[peer]] table into the configuration.</source>
        <translation>该呼叫方没有应用实体标题。如果 %1 的任何标题都可以呼叫，请在配置中写入 [[peer]] 表。</translation>
    </message>
    <message>
        <source>This machine may call, and nobody else.</source>
        <translation>只有本机可以呼叫。</translation>
    </message>
    <message>
        <source>A word is missing after %1.</source>
        <translation>%1 后面还缺少一个词。</translation>
    </message>
    <message>
        <source>Choose another name, or put it in the place of the old one with --replace.</source>
        <translation>请另取名称，或用 --replace 替换原有目的地。</translation>
    </message>
    <message>
        <source>The name is empty.</source>
        <translation>名称为空。</translation>
    </message>
    <message>
        <source>%1 is an address, not a name: other commands could not tell it from one.</source>
        <translation>%1 是地址，不是名称：其他命令无法区分二者。</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>创建时间</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Stored/all</source>
        <translation>已存储/全部</translation>
    </message>
    <message>
        <source>Destination</source>
        <translation>目的地</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>%1 is there already and is not overwritten; name another file.</source>
        <translation>%1 已经存在，不会被覆盖；请指定另一个文件。</translation>
    </message>
    <message>
        <source>The PACS does not say what kinds of instances it has. Radpost offered every kind of the Standard, but only everyday images compressed: what failed may be compressed or of a private kind. Try radpost move.</source>
        <translation>PACS 没有说明它有哪些类型（SOP 类）的实例。Radpost 已提议标准中的全部类型，但仅对常用影像提议压缩传输语法：失败的实例可能是压缩的或私有类型的。请改用 radpost move。</translation>
    </message>
    <message>
        <source>The PACS has nothing under this patient ID.</source>
        <translation>PACS 中没有此患者 ID 的内容。</translation>
    </message>
    <message>
        <source>The PACS has nothing under this UID.</source>
        <translation>PACS 中没有此 UID 的内容。</translation>
    </message>
    <message>
        <source>Neither is there a file %1, nor has the spool an instance with this UID.</source>
        <translation>既没有文件 %1，接收库中也没有此 UID 的实例。</translation>
    </message>
    <message>
        <source>%1 is a folder; name the files in it, as %1/*.dcm.</source>
        <translation>%1 是文件夹；请指定其中的文件，例如 %1/*.dcm。</translation>
    </message>
    <message numerus="yes">
        <source>and %n alike</source>
        <translation>
            <numerusform>另有 %n 个相同</numerusform>
        </translation>
    </message>
    <message>
        <source>The demo failed at step %1; without --quiet it shows more.</source>
        <translation>演示在第 %1 步失败；不加 --quiet 可显示详情。</translation>
    </message>
    <message>
        <source>Commands of %1</source>
        <translation>%1 的命令</translation>
    </message>
    <message>
        <source>Gives up at %1 (--give-up-after).</source>
        <translation>将于 %1 放弃（--give-up-after）。</translation>
    </message>
    <message>
        <source>Radpost gave up after %1 out of reach (--give-up-after).</source>
        <translation>目的地 %1 内无法连接，Radpost 已放弃（--give-up-after）。</translation>
    </message>
    <message>
        <source>The model study has no level patient.</source>
        <translation>study 模型没有 patient 级别。</translation>
    </message>
    <message>
        <source>--date needs today, yesterday, a date (2026-01-31 or 20260131) or a range (20260101-20260131, 20260101-, -20260131): %1</source>
        <translation>--date 需要 today、yesterday、一个日期（2026-01-31 或 20260131）或一个范围（20260101-20260131、20260101-、-20260131）：%1</translation>
    </message>
    <message>
        <source>study (the default) or patient: the information model that is asked; at the level patient it is patient.</source>
        <translation>study（默认）或 patient：所查询的信息模型；在 patient 级别为 patient。</translation>
    </message>
    <message>
        <source>today, yesterday, 2026-01-31, or a range: 20260101-20260131, 20260101-, -20260131.</source>
        <translation>today、yesterday、2026-01-31，或一个范围：20260101-20260131、20260101-、-20260131。</translation>
    </message>
    <message>
        <source>Take a peer off the list of who may call the gateway</source>
        <translation>把设备从可呼叫网关的列表中删除</translation>
    </message>
    <message>
        <source>It may still send: serve.access lets anyone call.</source>
        <translation>它仍可发送：serve.access 允许任何设备呼叫。</translation>
    </message>
    <message>
        <source>The entry of %1 may still let it call.</source>
        <translation>%1 的条目可能仍允许它呼叫。</translation>
    </message>
    <message>
        <source>%1 is no longer listed.</source>
        <translation>%1 已不在列表中。</translation>
    </message>
</context>
<context>
    <name>ConfigText</name>
    <message>
        <source>%1 to %2</source>
        <translation>%1 到 %2</translation>
    </message>
    <message>
        <source>This is not TOML: %1</source>
        <translation>不符合 TOML 格式：%1</translation>
    </message>
    <message>
        <source>%1 is not a key that Radpost knows.</source>
        <translation>%1 不是 Radpost 认识的配置项。</translation>
    </message>
    <message>
        <source>%1 must be %2.</source>
        <translation>%1 必须是%2。</translation>
    </message>
    <message>
        <source>%1 is missing.</source>
        <translation>缺少 %1。</translation>
    </message>
    <message>
        <source>%1 does not fit the other keys: %2</source>
        <translation>%1 与其他键不一致：%2</translation>
    </message>
    <message>
        <source>Another destination has this name already.</source>
        <translation>已有同名的目的地。</translation>
    </message>
    <message>
        <source>The file was written by a newer Radpost.</source>
        <translation>文件由更新版本的 Radpost 写成。</translation>
    </message>
    <message>
        <source>text without control characters, of at most %1 characters</source>
        <translation>不含控制字符、最多 %1 个字符的文本</translation>
    </message>
    <message>
        <source>an AE title: 1 to 16 ASCII characters, no backslash</source>
        <translation>应用实体标题：1 到 16 个 ASCII 字符，不含反斜杠</translation>
    </message>
    <message>
        <source>&quot;auto&quot;, &quot;en&quot; or &quot;zh_CN&quot;</source>
        <translation>“auto”、“en” 或 “zh_CN”</translation>
    </message>
    <message>
        <source>a path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>&quot;env:NAME&quot; or &quot;file:PATH&quot;, never the secret itself</source>
        <translation>“env:NAME”或“file:PATH”，不能是口令或令牌本身</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true 或 false</translation>
    </message>
    <message>
        <source>a whole number, %1</source>
        <translation>整数，%1</translation>
    </message>
    <message>
        <source>&quot;auto&quot; or a whole number, %1</source>
        <translation>“auto” 或整数，%1</translation>
    </message>
    <message>
        <source>&quot;unlimited&quot; or a whole number, %1</source>
        <translation>“unlimited” 或整数，%1</translation>
    </message>
    <message>
        <source>a duration such as &quot;30s&quot;, %1</source>
        <translation>时长，如 “30s”，%1</translation>
    </message>
    <message>
        <source>a size such as &quot;64 KiB&quot;, %1</source>
        <translation>大小，如 “64 KiB”，%1</translation>
    </message>
    <message>
        <source>&quot;unlimited&quot; or a rate such as &quot;20 MiB/s&quot; or &quot;100 Mbit/s&quot;</source>
        <translation>“unlimited” 或速率，如 “20 MiB/s” 或 “100 Mbit/s”</translation>
    </message>
    <message>
        <source>hours such as &quot;22:00-06:00&quot;</source>
        <translation>时段，如 “22:00-06:00”</translation>
    </message>
    <message>
        <source>one of: %1</source>
        <translation>以下之一：%1</translation>
    </message>
    <message>
        <source>a name of 1 to %1 characters</source>
        <translation>1 到 %1 个字符的名称</translation>
    </message>
    <message>
        <source>Tables of this name must be written as [[%1]].</source>
        <translation>此名称的表必须写成 [[%1]]。</translation>
    </message>
    <message>
        <source>&quot;unlimited&quot; or a size such as &quot;500 GB&quot;, %1</source>
        <translation>&quot;unlimited&quot; 或大小，例如 &quot;500 GB&quot;，%1</translation>
    </message>
    <message>
        <source>a list of IP addresses and ranges such as &quot;10.1.0.0/16&quot;</source>
        <translation>IP 地址和地址段的列表，例如 &quot;10.1.0.0/16&quot;</translation>
    </message>
    <message>
        <source>a list of UIDs</source>
        <translation>UID 列表</translation>
    </message>
    <message>
        <source>an address of this machine itself with a port, such as &quot;127.0.0.1:9104&quot;</source>
        <translation>本机回环地址加端口，例如“127.0.0.1:9104”</translation>
    </message>
    <message>
        <source>a receiver such as &quot;tls://audit.example:6514&quot; or &quot;udp://10.1.2.3:514&quot;</source>
        <translation>接收方，例如“tls://audit.example:6514”或“udp://10.1.2.3:514”</translation>
    </message>
    <message>
        <source>a host name with letters or an IP address such as &quot;10.1.2.3&quot;</source>
        <translation>主机名或 IP 地址，例如“10.1.2.3”</translation>
    </message>
</context>
<context>
    <name>DesktopOptions</name>
    <message>
        <source>Sends radiology images to a PACS.</source>
        <translation>将放射影像发送到 PACS。</translation>
    </message>
    <message>
        <source>Show this help.</source>
        <translation>显示本帮助。</translation>
    </message>
    <message>
        <source>Show the version.</source>
        <translation>显示版本。</translation>
    </message>
    <message>
        <source>Configuration file with settings and destinations.</source>
        <translation>保存设置和目的地的配置文件。</translation>
    </message>
    <message>
        <source>Folder of the ledger.</source>
        <translation>台账所在的文件夹。</translation>
    </message>
    <message>
        <source>Language of the texts.</source>
        <translation>界面语言。</translation>
    </message>
    <message>
        <source>There are no texts in the language %1.</source>
        <translation>没有语言 %1 的文本。</translation>
    </message>
    <message>
        <source>Folders, files, archives and DICOMDIRs to look through for sending.</source>
        <translation>要查找并发送的文件夹、文件、压缩包和 DICOMDIR。</translation>
    </message>
    <message>
        <source>Begin in the notification area, without a window.</source>
        <translation>在通知区域中启动，不显示窗口。</translation>
    </message>
</context>
<context>
    <name>DestinationTexts</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>What you call it. It appears wherever a destination is chosen.</source>
        <translation>您对它的称呼。选择目的地时显示此名称。</translation>
    </message>
    <message>
        <source>for example MAIN-PACS</source>
        <translation>例如 MAIN-PACS</translation>
    </message>
    <message>
        <source>Host name or IP address</source>
        <translation>主机名或 IP 地址</translation>
    </message>
    <message>
        <source>for example 10.1.2.3</source>
        <translation>例如 10.1.2.3</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Mostly 104 or 11112; with TLS mostly 2762.</source>
        <translation>通常为 104 或 11112；使用 TLS 时通常为 2762。</translation>
    </message>
    <message>
        <source>AE title of the destination</source>
        <translation>目的地的应用实体标题（AE Title）</translation>
    </message>
    <message>
        <source>As the PACS administrator gave it; capital letters count.</source>
        <translation>由 PACS 管理员提供，区分大小写。</translation>
    </message>
    <message>
        <source>for example PACS1</source>
        <translation>例如 PACS1</translation>
    </message>
    <message>
        <source>Our AE title there</source>
        <translation>本机在该目的地使用的应用实体标题</translation>
    </message>
    <message>
        <source>Empty: the one in the settings.</source>
        <translation>留空：使用设置中的标题。</translation>
    </message>
    <message>
        <source>Encryption (TLS)</source>
        <translation>加密（TLS）</translation>
    </message>
    <message>
        <source>The certificate must name the host</source>
        <translation>证书必须包含该主机名</translation>
    </message>
    <message>
        <source>Without this, anybody with a trusted certificate can pose as the PACS.</source>
        <translation>若关闭，任何持有受信任证书的人都可以冒充该 PACS。</translation>
    </message>
    <message>
        <source>Certificate of the authority to trust (PEM)</source>
        <translation>受信任的颁发机构证书（PEM）</translation>
    </message>
    <message>
        <source>Empty: those that this computer trusts.</source>
        <translation>留空：使用本计算机信任的证书。</translation>
    </message>
    <message>
        <source>Our certificate (PEM)</source>
        <translation>本机证书（PEM）</translation>
    </message>
    <message>
        <source>Only for destinations that ask for one.</source>
        <translation>仅在目的地要求时需要。</translation>
    </message>
    <message>
        <source>Our private key (PEM)</source>
        <translation>本机私钥（PEM）</translation>
    </message>
    <message>
        <source>We identify ourselves by</source>
        <translation>身份标识方式</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>用户名</translation>
    </message>
    <message>
        <source>Where the passcode or token is kept</source>
        <translation>口令或令牌的存放位置</translation>
    </message>
    <message>
        <source>env:NAME or file:PATH. The secret itself is never written to the configuration.</source>
        <translation>env:NAME 或 file:PATH。口令或令牌本身绝不写入配置文件。</translation>
    </message>
    <message>
        <source>for example file:/etc/radpost/pacs.secret</source>
        <translation>例如 file:/etc/radpost/pacs.secret</translation>
    </message>
    <message>
        <source>When a transfer syntax is refused</source>
        <translation>传输语法被拒绝时</translation>
    </message>
    <message>
        <source>Associations at once</source>
        <translation>同时建立的关联数</translation>
    </message>
    <message>
        <source>&quot;auto&quot;: as many as bring something.</source>
        <translation>“自动”：按实际效果增减。</translation>
    </message>
    <message>
        <source>At most, with &quot;auto&quot;</source>
        <translation>“自动”时的上限</translation>
    </message>
    <message>
        <source>Requests without answer on one association</source>
        <translation>单个关联上未应答请求数</translation>
    </message>
    <message>
        <source>&quot;unlimited&quot; or a number; the destination may allow fewer.</source>
        <translation>“不限”或一个数字；目的地可能只允许更少。</translation>
    </message>
    <message>
        <source>Longest PDU that we take</source>
        <translation>可接收的最大 PDU</translation>
    </message>
    <message>
        <source>Not faster than</source>
        <translation>速率上限</translation>
    </message>
    <message>
        <source>&quot;unlimited&quot;, or a rate such as 20 MiB/s or 100 Mbit/s.</source>
        <translation>“不限”，或如 20 MiB/s、100 Mbit/s 的速率。</translation>
    </message>
    <message>
        <source>Send only at these hours</source>
        <translation>仅在此时段发送</translation>
    </message>
    <message>
        <source>Empty: always. For example 22:00-06:00.</source>
        <translation>留空：全天。例如 22:00-06:00。</translation>
    </message>
    <message>
        <source>Wait for the connection</source>
        <translation>等待连接</translation>
    </message>
    <message>
        <source>Wait for TLS</source>
        <translation>等待 TLS 握手</translation>
    </message>
    <message>
        <source>Wait for the association</source>
        <translation>等待建立关联</translation>
    </message>
    <message>
        <source>Wait for a response</source>
        <translation>等待响应</translation>
    </message>
    <message>
        <source>Raise it for systems that are slow to store.</source>
        <translation>对存储较慢的系统可适当加大。</translation>
    </message>
    <message>
        <source>Wait when the destination takes no data</source>
        <translation>目的地停止接收数据时的等待</translation>
    </message>
    <message>
        <source>Wait for the end of an association</source>
        <translation>等待关联结束</translation>
    </message>
    <message>
        <source>Attempts for each instance</source>
        <translation>每个实例的尝试次数</translation>
    </message>
    <message>
        <source>Counts only for causes that may pass by themselves.</source>
        <translation>仅适用于可自行恢复的原因。</translation>
    </message>
    <message>
        <source>First wait before trying again</source>
        <translation>首次重试前的等待</translation>
    </message>
    <message>
        <source>Longest wait before trying again</source>
        <translation>重试前的最长等待</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>On: TLS 1.2 and 1.3 (BCP 195)</source>
        <translation>开启：TLS 1.2 与 1.3（BCP 195）</translation>
    </message>
    <message>
        <source>On, for older systems (modified BCP 195)</source>
        <translation>开启，适用于较旧系统（修订版 BCP 195）</translation>
    </message>
    <message>
        <source>Send it decompressed, without loss</source>
        <translation>无损解压后发送</translation>
    </message>
    <message>
        <source>Do not send it, and say so</source>
        <translation>不发送，并说明原因</translation>
    </message>
    <message>
        <source>Nothing but the AE title</source>
        <translation>仅应用实体标题</translation>
    </message>
    <message>
        <source>User name and passcode</source>
        <translation>用户名和口令</translation>
    </message>
    <message>
        <source>Kerberos ticket</source>
        <translation>Kerberos 票据</translation>
    </message>
    <message>
        <source>SAML assertion</source>
        <translation>SAML 断言</translation>
    </message>
    <message>
        <source>JSON Web Token</source>
        <translation>JSON Web 令牌</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>加密</translation>
    </message>
    <message>
        <source>User identity</source>
        <translation>用户身份</translation>
    </message>
    <message>
        <source>Transfer</source>
        <translation>传输</translation>
    </message>
    <message>
        <source>Timeouts and retries</source>
        <translation>超时与重试</translation>
    </message>
    <message>
        <source>Proof of delivery</source>
        <translation>送达证明</translation>
    </message>
    <message>
        <source>What counts as delivered; a single send may choose another one.</source>
        <translation>以什么为送达；单次发送可以另选。</translation>
    </message>
    <message>
        <source>Wait for a report of storage commitment</source>
        <translation>等待存储承诺报告的时间</translation>
    </message>
    <message>
        <source>It is asked for again when none came.</source>
        <translation>没有收到时会再次索取。</translation>
    </message>
    <message>
        <source>Its answer to each instance</source>
        <translation>它对每个实例的应答</translation>
    </message>
    <message>
        <source>Storage commitment</source>
        <translation>存储承诺</translation>
    </message>
    <message>
        <source>Query after sending (C-FIND)</source>
        <translation>发送后查询（C-FIND）</translation>
    </message>
    <message>
        <source>Patience of the gateway</source>
        <translation>网关的等待期限</translation>
    </message>
    <message>
        <source>How long it takes &quot;not now&quot; for an answer before an instance needs a person.</source>
        <translation>目的地一直答复“暂不接收”时，重试多久之后实例需由人处理。</translation>
    </message>
</context>
<context>
    <name>DoctorText</name>
    <message>
        <source>%1, certificate until %2</source>
        <translation>%1，证书有效期至 %2</translation>
    </message>
    <message>
        <source>PDU of at most %1</source>
        <translation>PDU 最大 %1</translation>
    </message>
    <message>
        <source>any size</source>
        <translation>任意大小</translation>
    </message>
    <message>
        <source>window unlimited</source>
        <translation>窗口不限</translation>
    </message>
    <message>
        <source>window %1</source>
        <translation>窗口 %1</translation>
    </message>
    <message>
        <source>association accepted (%1)</source>
        <translation>关联已接受（%1）</translation>
    </message>
    <message>
        <source>takes %1 of %2 kinds of objects</source>
        <translation>接受 %2 种对象类型中的 %1 种</translation>
    </message>
    <message>
        <source>name found: %1</source>
        <translation>已找到主机名：%1</translation>
    </message>
    <message>
        <source>connected to %1</source>
        <translation>已连接到 %1</translation>
    </message>
    <message>
        <source>A certificate ends on %1: %2</source>
        <translation>有证书将于 %1 到期：%2</translation>
    </message>
    <message>
        <source>Ask the PACS administrator to renew it before then; after that day nothing can be sent.</source>
        <translation>请 PACS 管理员在此之前更新；过期后将无法发送。</translation>
    </message>
    <message>
        <source>The destination asked for a certificate of ours, and none is set.</source>
        <translation>目的地要求我方证书，但没有设置。</translation>
    </message>
    <message>
        <source>If it turns us away, ask the PACS administrator for one; enter it as tls.certificate_file and tls.key_file.</source>
        <translation>若因此被拒，请向 PACS 管理员索取证书，并填入 tls.certificate_file 和 tls.key_file。</translation>
    </message>
    <message numerus="yes">
        <source>%n kind(s) of objects go there decompressed, without loss.</source>
        <translation>
            <numerusform>有 %n 种对象将无损解压后发送。</numerusform>
        </translation>
    </message>
    <message>
        <source>To have them sent as they are, ask the PACS administrator to allow their transfer syntaxes.</source>
        <translation>若要原样发送，请 PACS 管理员允许其传输语法。</translation>
    </message>
    <message>
        <source>host name</source>
        <translation>主机名</translation>
    </message>
    <message>
        <source>connection</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>association</source>
        <translation>关联</translation>
    </message>
    <message>
        <source>kinds of objects</source>
        <translation>对象类型</translation>
    </message>
    <message>
        <source>not used</source>
        <translation>未使用</translation>
    </message>
    <message>
        <source>not tried</source>
        <translation>未尝试</translation>
    </message>
    <message>
        <source>sent as %1</source>
        <translation>以 %1 发送</translation>
    </message>
    <message>
        <source>For the PACS administrator:</source>
        <translation>转给 PACS 管理员：</translation>
    </message>
    <message>
        <source>Called: AE title &quot;%1&quot; at %2, port %3, TLS %4</source>
        <translation>被叫：应用实体标题 “%1”，主机 %2，端口 %3，TLS %4</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>Calling: AE title &quot;%1&quot;, computer %2</source>
        <translation>主叫：应用实体标题 “%1”，计算机 %2</translation>
    </message>
    <message>
        <source>When: %1</source>
        <translation>时间：%1</translation>
    </message>
    <message>
        <source>What: %1 failed, %2</source>
        <translation>现象：%1失败，%2</translation>
    </message>
    <message>
        <source>Detail: %1 %2, %3</source>
        <translation>详情：%1 %2，%3</translation>
    </message>
    <message>
        <source>What: sending stopped, %1</source>
        <translation>问题：发送已停止，%1</translation>
    </message>
    <message>
        <source>result %1 (%2), source %3 (%4), reason %5: %6</source>
        <translation>结果 %1（%2），来源 %3（%4），原因 %5：%6</translation>
    </message>
    <message>
        <source>source %1 (%2), reason %3: %4</source>
        <translation>来源 %1（%2），原因 %3：%4</translation>
    </message>
    <message>
        <source>Detail: %1 %2</source>
        <translation>详情：%1 %2</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation>%1 字节</translation>
    </message>
    <message>
        <source>C-ECHO answered, fastest %1, typical %2</source>
        <translation>C-ECHO 已应答，最快 %1，通常 %2</translation>
    </message>
</context>
<context>
    <name>ErrorText</name>
    <message>
        <source>Radpost met a fault of its own.</source>
        <translation>Radpost 自身出现故障。</translation>
    </message>
    <message>
        <source>Try again. If it happens again, give the log to support.</source>
        <translation>请重试。如果再次出现，请把日志交给技术支持。</translation>
    </message>
    <message>
        <source>What was entered cannot be used.</source>
        <translation>输入的内容无法使用。</translation>
    </message>
    <message>
        <source>Check the values that were entered.</source>
        <translation>请核对输入的内容。</translation>
    </message>
    <message>
        <source>It was cancelled.</source>
        <translation>已取消。</translation>
    </message>
    <message>
        <source>Start it again when it is wanted.</source>
        <translation>需要时可重新开始。</translation>
    </message>
    <message>
        <source>Radpost cannot do this here.</source>
        <translation>Radpost 在此处不能这样做。</translation>
    </message>
    <message>
        <source>The detail below says what is not supported.</source>
        <translation>下面的详情说明不支持什么。</translation>
    </message>
    <message>
        <source>The file or folder is not there.</source>
        <translation>文件或文件夹不存在。</translation>
    </message>
    <message>
        <source>Check the path, and whether the disk or network share is connected.</source>
        <translation>请核对路径，以及磁盘或网络共享是否已连接。</translation>
    </message>
    <message>
        <source>The file cannot be read.</source>
        <translation>文件无法读取。</translation>
    </message>
    <message>
        <source>Check the permissions of the file and the state of the disk.</source>
        <translation>请核对文件权限和磁盘状态。</translation>
    </message>
    <message>
        <source>The file changed, moved or went away after it was scanned.</source>
        <translation>文件在扫描之后被修改、移动或删除。</translation>
    </message>
    <message>
        <source>Wait until nothing writes to the folder any more, then send it again.</source>
        <translation>请等到不再有程序写入该文件夹后重新发送。</translation>
    </message>
    <message>
        <source>A file could not be written.</source>
        <translation>文件无法写入。</translation>
    </message>
    <message>
        <source>Check the free space and the permissions of the folder.</source>
        <translation>请核对文件夹的剩余空间和权限。</translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation>文件为空。</translation>
    </message>
    <message>
        <source>Copy or export it again from where it came.</source>
        <translation>请从来源重新复制或导出。</translation>
    </message>
    <message>
        <source>The file is not DICOM.</source>
        <translation>文件不是 DICOM。</translation>
    </message>
    <message>
        <source>If it should be an image, export it again as DICOM; otherwise ignore it.</source>
        <translation>如果它应当是影像，请重新导出为 DICOM；否则可忽略。</translation>
    </message>
    <message>
        <source>The file ends too early: a part of it is missing.</source>
        <translation>文件不完整：缺少一部分。</translation>
    </message>
    <message>
        <source>The DICOM file is damaged.</source>
        <translation>DICOM 文件已损坏。</translation>
    </message>
    <message>
        <source>The file lacks an identifier (UID) that every instance must have.</source>
        <translation>文件缺少每个实例都必须有的标识符（UID）。</translation>
    </message>
    <message>
        <source>Export it again; if it stays so, ask the vendor of the device that made it.</source>
        <translation>请重新导出；如仍如此，请联系生成该文件的设备厂商。</translation>
    </message>
    <message>
        <source>The destination does not take this instance&apos;s transfer syntax, and Radpost cannot convert it.</source>
        <translation>目的地不接受该实例的传输语法，Radpost 也无法转换它。</translation>
    </message>
    <message>
        <source>Ask the PACS administrator to allow this transfer syntax, or export the images uncompressed.</source>
        <translation>请 PACS 管理员启用该传输语法，或以未压缩格式导出影像。</translation>
    </message>
    <message>
        <source>The compressed image could not be decompressed; it may be damaged.</source>
        <translation>压缩影像无法解压；可能已损坏。</translation>
    </message>
    <message>
        <source>Export it again, or ask the PACS administrator to allow its own transfer syntax.</source>
        <translation>请重新导出，或请 PACS 管理员启用其原有的传输语法。</translation>
    </message>
    <message>
        <source>Two files have the same SOP Instance UID but different content; only the first was sent.</source>
        <translation>两个文件的 SOP 实例 UID 相同而内容不同；只发送了第一个。</translation>
    </message>
    <message>
        <source>Find out which of the two is right, and send that one alone.</source>
        <translation>请确认哪一个正确，并单独发送它。</translation>
    </message>
    <message>
        <source>The archive is damaged or of an unknown kind.</source>
        <translation>压缩包已损坏或类型未知。</translation>
    </message>
    <message>
        <source>Copy it again, or unpack it yourself and send the folder.</source>
        <translation>请重新复制，或自行解压后发送文件夹。</translation>
    </message>
    <message>
        <source>The archive holds an entry that would be written outside its own folder.</source>
        <translation>压缩包中有条目会被写到其文件夹之外。</translation>
    </message>
    <message>
        <source>Find out where the archive comes from before you unpack it.</source>
        <translation>解压之前请先确认压缩包的来源。</translation>
    </message>
    <message>
        <source>The archive would unpack to far more than is allowed.</source>
        <translation>压缩包解压后的大小远超允许范围。</translation>
    </message>
    <message>
        <source>If it is genuine, unpack it yourself and send the folder.</source>
        <translation>如果确认可信，请自行解压后发送文件夹。</translation>
    </message>
    <message>
        <source>The archive is protected by a password.</source>
        <translation>压缩包有密码保护。</translation>
    </message>
    <message>
        <source>Unpack it with its password and send the folder.</source>
        <translation>请用密码解压后发送文件夹。</translation>
    </message>
    <message>
        <source>The DICOMDIR is damaged or names files that are not there.</source>
        <translation>DICOMDIR 已损坏，或列出了不存在的文件。</translation>
    </message>
    <message>
        <source>Send the folder instead: then every file in it is looked at.</source>
        <translation>请改为发送文件夹：这样会查看其中的每个文件。</translation>
    </message>
    <message>
        <source>A DICOMDIR is a table of contents, not an image; it is not sent.</source>
        <translation>DICOMDIR 是目录而不是影像；不发送。</translation>
    </message>
    <message>
        <source>Nothing needs to be done: the files that it lists are sent.</source>
        <translation>无需处理：它列出的文件会被发送。</translation>
    </message>
    <message>
        <source>The name of the destination&apos;s computer was not found.</source>
        <translation>找不到目的地计算机的主机名。</translation>
    </message>
    <message>
        <source>Check how the host name is written, or enter the IP address.</source>
        <translation>请核对主机名的写法，或改填 IP 地址。</translation>
    </message>
    <message>
        <source>The destination&apos;s computer answers, but nothing listens at this port.</source>
        <translation>目的地计算机有响应，但该端口没有服务在监听。</translation>
    </message>
    <message>
        <source>Check the port, and ask the PACS administrator whether the DICOM service is running.</source>
        <translation>请核对端口，并询问 PACS 管理员 DICOM 服务是否在运行。</translation>
    </message>
    <message>
        <source>The destination&apos;s computer does not answer.</source>
        <translation>目的地计算机没有响应。</translation>
    </message>
    <message>
        <source>Check the address; then ask whether the computer is on and whether a firewall is in the way.</source>
        <translation>请核对地址；再确认该计算机是否开机、是否有防火墙阻挡。</translation>
    </message>
    <message>
        <source>There is no network path to the destination.</source>
        <translation>没有通往目的地的网络路径。</translation>
    </message>
    <message>
        <source>Check the network cable, the wireless network or the VPN of this computer.</source>
        <translation>请核对本机的网线、无线网络或 VPN。</translation>
    </message>
    <message>
        <source>The connection to the destination broke.</source>
        <translation>与目的地的连接中断。</translation>
    </message>
    <message>
        <source>Radpost tries again by itself. If it happens often, have the network looked at.</source>
        <translation>Radpost 会自动重试。如果经常出现，请核对网络。</translation>
    </message>
    <message>
        <source>The destination stopped taking data.</source>
        <translation>目的地停止接收数据。</translation>
    </message>
    <message>
        <source>Radpost tries again by itself. If it happens often, ask the PACS administrator to look at the load.</source>
        <translation>Radpost 会自动重试。如果经常出现，请 PACS 管理员排查负载。</translation>
    </message>
    <message>
        <source>The destination did not answer in time.</source>
        <translation>目的地没有及时应答。</translation>
    </message>
    <message>
        <source>Radpost tries again by itself. For slow systems, raise timeouts.response of the destination.</source>
        <translation>Radpost 会自动重试。对于较慢的系统，请调大目的地的 timeouts.response。</translation>
    </message>
    <message>
        <source>The destination did not end the association in good order.</source>
        <translation>目的地没有正常结束关联。</translation>
    </message>
    <message>
        <source>Nothing needs to be done: what it confirmed is stored.</source>
        <translation>无需处理：它确认过的均已存储。</translation>
    </message>
    <message>
        <source>Something listens at this port, but it does not answer like a DICOM service.</source>
        <translation>该端口有服务在监听，但其应答不像 DICOM 服务。</translation>
    </message>
    <message>
        <source>Check the port, and whether the destination wants TLS.</source>
        <translation>请核对端口，以及目的地是否要求 TLS。</translation>
    </message>
    <message>
        <source>The destination refused the association.</source>
        <translation>目的地拒绝了关联。</translation>
    </message>
    <message>
        <source>Ask the PACS administrator to look at its log, and give the detail below.</source>
        <translation>请 PACS 管理员查看日志，并提供下面的详情。</translation>
    </message>
    <message>
        <source>The destination does not know the AE title by which it was called.</source>
        <translation>目的地不认识被叫的应用实体标题。</translation>
    </message>
    <message>
        <source>Check the destination&apos;s AE title, capital letters included, or ask the PACS administrator for it.</source>
        <translation>请核对目的地的应用实体标题（区分大小写），或向 PACS 管理员询问。</translation>
    </message>
    <message>
        <source>The destination does not know our AE title.</source>
        <translation>目的地不认识我方的应用实体标题。</translation>
    </message>
    <message>
        <source>Ask the PACS administrator to enter our AE title and the address of this computer.</source>
        <translation>请 PACS 管理员登记我方的应用实体标题和本机地址。</translation>
    </message>
    <message>
        <source>The destination is too busy for another association.</source>
        <translation>目的地繁忙，无法再建立关联。</translation>
    </message>
    <message>
        <source>Radpost tries again by itself, with fewer associations.</source>
        <translation>Radpost 会减少关联数并自动重试。</translation>
    </message>
    <message>
        <source>The destination broke off the association.</source>
        <translation>目的地中止了关联。</translation>
    </message>
    <message>
        <source>Radpost tries again by itself. If it stays so, ask the PACS administrator to look at its log.</source>
        <translation>Radpost 会自动重试。如仍如此，请 PACS 管理员查看日志。</translation>
    </message>
    <message>
        <source>The destination answered in a way that DICOM does not allow.</source>
        <translation>目的地的应答不符合 DICOM 规定。</translation>
    </message>
    <message>
        <source>Check that the port belongs to a DICOM service; give the detail to its vendor.</source>
        <translation>请确认该端口属于 DICOM 服务；并把详情提供给其厂商。</translation>
    </message>
    <message>
        <source>The destination accepts neither this kind of object (SOP class) nor a transfer syntax for it.</source>
        <translation>目的地不接受此类对象（SOP 类），也不接受其任何传输语法。</translation>
    </message>
    <message>
        <source>Ask the PACS administrator whether this kind of object may be stored there.</source>
        <translation>请询问 PACS 管理员是否可以存储此类对象。</translation>
    </message>
    <message>
        <source>The destination does not take the transfer syntax of this instance.</source>
        <translation>目的地不接受该实例的传输语法。</translation>
    </message>
    <message>
        <source>Let Radpost decompress it (syntax_policy = &quot;decompress&quot;, no loss), or ask the PACS administrator to allow it.</source>
        <translation>可由 Radpost 无损解压后重发（syntax_policy = &quot;decompress&quot;），或请 PACS 管理员启用该传输语法。</translation>
    </message>
    <message>
        <source>The destination does not store this kind of object (SOP class).</source>
        <translation>目的地不存储此类对象（SOP 类）。</translation>
    </message>
    <message>
        <source>Ask the PACS administrator to allow it, or send it to another destination.</source>
        <translation>请 PACS 管理员启用，或发送到其他目的地。</translation>
    </message>
    <message>
        <source>The destination received the instance and did not store it.</source>
        <translation>目的地收到了实例，但没有存储。</translation>
    </message>
    <message>
        <source>Give the status and the comment below to the PACS administrator.</source>
        <translation>请把下面的状态码和说明提供给 PACS 管理员。</translation>
    </message>
    <message>
        <source>The destination is out of room or resources.</source>
        <translation>目的地空间或资源不足。</translation>
    </message>
    <message>
        <source>Ask the PACS administrator to look at its storage, then retry what failed.</source>
        <translation>请 PACS 管理员排查存储，然后重试失败的部分。</translation>
    </message>
    <message>
        <source>The destination does not allow us to store.</source>
        <translation>目的地不允许我方存储。</translation>
    </message>
    <message>
        <source>Ask the PACS administrator to give our AE title, or our user, the right to store.</source>
        <translation>请 PACS 管理员为我方的应用实体标题或用户授予存储权限。</translation>
    </message>
    <message>
        <source>Another program uses this port already.</source>
        <translation>该端口已被其他程序占用。</translation>
    </message>
    <message>
        <source>Choose another port, or end the other program.</source>
        <translation>请选择其他端口，或结束该程序。</translation>
    </message>
    <message>
        <source>The system does not allow Radpost to listen at this port or address.</source>
        <translation>系统不允许 Radpost 在此端口或地址监听。</translation>
    </message>
    <message>
        <source>Choose a port above 1023 and an address of this computer.</source>
        <translation>请选择 1023 以上的端口和本机的地址。</translation>
    </message>
    <message>
        <source>The encrypted connection (TLS) could not be set up.</source>
        <translation>无法建立加密连接（TLS）。</translation>
    </message>
    <message>
        <source>Give the detail below to the PACS administrator.</source>
        <translation>请把下面的详情提供给 PACS 管理员。</translation>
    </message>
    <message>
        <source>The destination did not finish setting up the encrypted connection (TLS).</source>
        <translation>目的地没有完成加密连接（TLS）的建立。</translation>
    </message>
    <message>
        <source>Check that this port is the one for TLS.</source>
        <translation>请确认该端口用于 TLS。</translation>
    </message>
    <message>
        <source>The destination does not speak TLS at this port.</source>
        <translation>目的地在该端口不使用 TLS。</translation>
    </message>
    <message>
        <source>Ask for the port with TLS, or turn TLS off for this destination.</source>
        <translation>请询问使用 TLS 的端口，或对此目的地关闭 TLS。</translation>
    </message>
    <message>
        <source>A certificate in the destination&apos;s chain has expired.</source>
        <translation>目的地证书链中有证书已过期。</translation>
    </message>
    <message>
        <source>Ask the PACS administrator to renew it; check this computer&apos;s date, too.</source>
        <translation>请 PACS 管理员更新证书；同时核对本机日期。</translation>
    </message>
    <message>
        <source>A certificate in the destination&apos;s chain is not valid yet.</source>
        <translation>目的地证书链中有证书尚未生效。</translation>
    </message>
    <message>
        <source>Check date and time of this computer and of the destination.</source>
        <translation>请核对本机和目的地的日期与时间。</translation>
    </message>
    <message>
        <source>The destination&apos;s certificate was made for another host name.</source>
        <translation>目的地的证书属于另一个主机名。</translation>
    </message>
    <message>
        <source>Use the name that stands in the certificate, or ask for a new certificate.</source>
        <translation>请使用证书中的主机名，或申请新证书。</translation>
    </message>
    <message>
        <source>The destination&apos;s certificate is self-signed, and nothing here trusts it.</source>
        <translation>目的地的证书是自签名的，本机不信任它。</translation>
    </message>
    <message>
        <source>Get the certificate from the PACS administrator and enter it as tls.ca_file.</source>
        <translation>请向 PACS 管理员索取该证书，并填入 tls.ca_file。</translation>
    </message>
    <message>
        <source>The destination&apos;s certificate comes from an authority that is not trusted here.</source>
        <translation>目的地证书的签发机构不受本机信任。</translation>
    </message>
    <message>
        <source>Get the authority&apos;s certificate from the PACS administrator and enter it as tls.ca_file.</source>
        <translation>请向 PACS 管理员索取签发机构的证书，并填入 tls.ca_file。</translation>
    </message>
    <message>
        <source>The destination wants a certificate from us and got none that it takes.</source>
        <translation>目的地要求我方证书，但没有收到它认可的证书。</translation>
    </message>
    <message>
        <source>Ask the PACS administrator for one; enter it as tls.certificate_file and tls.key_file.</source>
        <translation>请向 PACS 管理员申请证书，并填入 tls.certificate_file 和 tls.key_file。</translation>
    </message>
    <message>
        <source>We and the destination have no TLS version or cipher in common.</source>
        <translation>我方与目的地没有共同的 TLS 版本或加密套件。</translation>
    </message>
    <message>
        <source>Ask for TLS 1.2 or newer at the destination; for older systems try tls.mode = &quot;bcp195-modified&quot;.</source>
        <translation>请目的地启用 TLS 1.2 或更高版本；对于较旧的系统可尝试 tls.mode = &quot;bcp195-modified&quot;。</translation>
    </message>
    <message>
        <source>Our own certificate, key or CA file cannot be used.</source>
        <translation>我方的证书、密钥或 CA 文件无法使用。</translation>
    </message>
    <message>
        <source>Check the files that the destination&apos;s tls settings name.</source>
        <translation>请核对目的地 tls 设置中指定的文件。</translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation>磁盘已满。</translation>
    </message>
    <message>
        <source>Make room; sending goes on by itself.</source>
        <translation>请腾出空间；之后会自动继续发送。</translation>
    </message>
    <message>
        <source>The ledger of jobs cannot be opened.</source>
        <translation>无法打开任务台账。</translation>
    </message>
    <message>
        <source>Check that the data folder exists and that you may write to it.</source>
        <translation>请核对数据文件夹是否存在以及是否可写。</translation>
    </message>
    <message>
        <source>Another Radpost uses this ledger and is sending.</source>
        <translation>另一个 Radpost 正在使用此台账发送。</translation>
    </message>
    <message>
        <source>Wait until it ends, or end it. Looking at jobs and receipts works meanwhile.</source>
        <translation>请等待其结束，或结束它。期间仍可查看任务和回执。</translation>
    </message>
    <message>
        <source>The ledger was written by a newer Radpost.</source>
        <translation>台账由更新版本的 Radpost 写成。</translation>
    </message>
    <message>
        <source>Use the newer Radpost, or another data folder.</source>
        <translation>请使用更新版本的 Radpost，或使用其他数据文件夹。</translation>
    </message>
    <message>
        <source>The ledger is damaged.</source>
        <translation>台账已损坏。</translation>
    </message>
    <message>
        <source>The ledger could not be read or written.</source>
        <translation>台账无法读取或写入。</translation>
    </message>
    <message>
        <source>Check the disk of the data folder.</source>
        <translation>请核对数据文件夹所在的磁盘。</translation>
    </message>
    <message>
        <source>There is no job with this number.</source>
        <translation>没有此编号的任务。</translation>
    </message>
    <message>
        <source>The list of jobs shows the numbers that exist.</source>
        <translation>任务列表中可看到已有的编号。</translation>
    </message>
    <message>
        <source>The configuration file cannot be read.</source>
        <translation>无法读取配置文件。</translation>
    </message>
    <message>
        <source>Check the path and the permissions of the file.</source>
        <translation>请核对文件的路径和权限。</translation>
    </message>
    <message>
        <source>The file has a mistake in its form.</source>
        <translation>文件格式有错误。</translation>
    </message>
    <message>
        <source>Correct it at the line and column that are named. The file was left as it is.</source>
        <translation>请在指出的行和列处改正。文件保持原样。</translation>
    </message>
    <message>
        <source>A setting has a value that is not possible.</source>
        <translation>有设置的值不可用。</translation>
    </message>
    <message>
        <source>Correct the setting that is named below.</source>
        <translation>请改正下面指出的设置。</translation>
    </message>
    <message>
        <source>There is no destination with this name.</source>
        <translation>没有此名称的目的地。</translation>
    </message>
    <message>
        <source>Check the name in the list of destinations, or write AET@host:port.</source>
        <translation>请在目的地列表中核对名称，或写成 AET@host:port。</translation>
    </message>
    <message>
        <source>There is a destination with this name already.</source>
        <translation>已有此名称的目的地。</translation>
    </message>
    <message>
        <source>Choose another name, or remove the old destination first.</source>
        <translation>请使用其他名称，或先删除原有的目的地。</translation>
    </message>
    <message>
        <source>The connection broke each time this instance was sent, even alone.</source>
        <translation>每次发送该实例时连接都中断，单独发送也是如此。</translation>
    </message>
    <message>
        <source>The destination seems unable to take it: give the file to the PACS administrator or the vendor.</source>
        <translation>目的地似乎无法接收它：请把文件提供给 PACS 管理员或厂商。</translation>
    </message>
    <message>
        <source>It was not sent.</source>
        <translation>未发送。</translation>
    </message>
    <message>
        <source>Nothing in it was sent.</source>
        <translation>其中的内容均未发送。</translation>
    </message>
    <message>
        <source>The destination does not have this instance.</source>
        <translation>该实例未存储到目的地。</translation>
    </message>
    <message>
        <source>What was not sent yet stays in the job.</source>
        <translation>尚未发送的保留在任务中。</translation>
    </message>
    <message>
        <source>Nothing can be received.</source>
        <translation>无法接收。</translation>
    </message>
    <message>
        <source>Nothing was sent or changed.</source>
        <translation>未发送也未更改任何内容。</translation>
    </message>
    <message>
        <source>The destination stored the instance.</source>
        <translation>目的地已存储该实例。</translation>
    </message>
    <message>
        <source>Nothing needs to be done.</source>
        <translation>无需处理。</translation>
    </message>
    <message>
        <source>The destination stored the instance without some optional attributes.</source>
        <translation>目的地已存储该实例，但未保留部分可选属性。</translation>
    </message>
    <message>
        <source>The destination stored the instance but did not know some attributes.</source>
        <translation>目的地已存储该实例，但不认识部分属性。</translation>
    </message>
    <message>
        <source>The destination failed while it processed the instance.</source>
        <translation>目的地在处理该实例时失败。</translation>
    </message>
    <message>
        <source>Retry what failed. If it stays so, ask the PACS administrator to look at its log, disk and database.</source>
        <translation>请重试失败的部分。如仍如此，请 PACS 管理员查看日志、磁盘和数据库。</translation>
    </message>
    <message>
        <source>The destination had the instance already.</source>
        <translation>目的地已有该实例。</translation>
    </message>
    <message>
        <source>The destination stored the instance, with a value out of range in it.</source>
        <translation>目的地已存储该实例，但其中有值超出范围。</translation>
    </message>
    <message>
        <source>The destination takes the instance&apos;s UID for invalid.</source>
        <translation>目的地认为该实例的 UID 无效。</translation>
    </message>
    <message>
        <source>Ask the vendor of the device that made the image.</source>
        <translation>请联系生成该影像的设备厂商。</translation>
    </message>
    <message>
        <source>The destination does not know this kind of object (SOP class).</source>
        <translation>目的地不认识此类对象（SOP 类）。</translation>
    </message>
    <message>
        <source>The destination took the request for one that it has already.</source>
        <translation>目的地把该请求当作重复的请求。</translation>
    </message>
    <message>
        <source>Retry what failed.</source>
        <translation>请重试失败的部分。</translation>
    </message>
    <message>
        <source>The destination does not know how to store at all.</source>
        <translation>目的地不支持存储操作。</translation>
    </message>
    <message>
        <source>Check that address and port belong to a system that stores images.</source>
        <translation>请确认地址和端口属于能存储影像的系统。</translation>
    </message>
    <message>
        <source>The destination did not understand the request.</source>
        <translation>目的地无法理解该请求。</translation>
    </message>
    <message>
        <source>The destination is out of resources.</source>
        <translation>目的地资源不足。</translation>
    </message>
    <message>
        <source>The destination does not know where to move the instance.</source>
        <translation>目的地不知道应把该实例移到何处。</translation>
    </message>
    <message>
        <source>The destination says that the content does not fit the kind of object.</source>
        <translation>目的地认为内容与对象类型不符。</translation>
    </message>
    <message>
        <source>The file is likely at fault: give it and the comment below to the vendor of the device that made it.</source>
        <translation>问题可能在文件本身：请把文件和下面的说明提供给生成它的设备厂商。</translation>
    </message>
    <message>
        <source>The destination stored the instance and changed some attributes.</source>
        <translation>目的地已存储该实例，并修改了部分属性。</translation>
    </message>
    <message>
        <source>Check patient and accession number at the destination.</source>
        <translation>请在目的地核对患者和检查号。</translation>
    </message>
    <message>
        <source>The destination stored the instance and dropped some attributes.</source>
        <translation>目的地已存储该实例，并丢弃了部分属性。</translation>
    </message>
    <message>
        <source>If private attributes matter to you, ask the PACS administrator to keep them.</source>
        <translation>如果需要私有属性，请 PACS 管理员设置为保留。</translation>
    </message>
    <message>
        <source>The destination stored the instance, though its content does not fit the kind of object.</source>
        <translation>目的地已存储该实例，但其内容与对象类型不符。</translation>
    </message>
    <message>
        <source>Look at the image at the destination.</source>
        <translation>请在目的地查看该影像。</translation>
    </message>
    <message>
        <source>The destination stored the instance, with a warning of its own.</source>
        <translation>目的地已存储该实例，并给出自有的警告。</translation>
    </message>
    <message>
        <source>The destination could not understand the instance.</source>
        <translation>目的地无法理解该实例。</translation>
    </message>
    <message>
        <source>Give the status and the comment below to the PACS administrator; the file or the PACS is at fault.</source>
        <translation>请把下面的状态码和说明提供给 PACS 管理员；问题在文件或 PACS。</translation>
    </message>
    <message>
        <source>The destination cancelled the storage.</source>
        <translation>目的地取消了存储。</translation>
    </message>
    <message>
        <source>The destination did not say whether it stored the instance.</source>
        <translation>目的地没有说明是否已存储该实例。</translation>
    </message>
    <message>
        <source>The other system could not do what it was asked.</source>
        <translation>对方系统无法完成请求。</translation>
    </message>
    <message>
        <source>Ask for less, or give the status and the comment to its administrator.</source>
        <translation>请缩小请求范围，或把状态码和说明交给其管理员。</translation>
    </message>
    <message>
        <source>The other system does not know the AE title that it was to send to.</source>
        <translation>对方系统不认识要发送到的应用实体标题。</translation>
    </message>
    <message>
        <source>A rule or a group still sends to this destination.</source>
        <translation>仍有规则或组发往此目的地。</translation>
    </message>
    <message>
        <source>Change the rule or the group that is named below first.</source>
        <translation>请先修改下面所列的规则或组。</translation>
    </message>
    <message>
        <source>The destination has the instance already; it was not sent again.</source>
        <translation>目的地已有该实例，未再次发送。</translation>
    </message>
    <message>
        <source>The other system does not offer the service that was asked for.</source>
        <translation>对方系统不提供所请求的服务。</translation>
    </message>
    <message>
        <source>Try the other query model, move instead of get, or another proof of delivery; else ask its administrator to allow it.</source>
        <translation>请换用另一种查询模型，用 C-MOVE 代替 C-GET，或换用另一种送达证明；否则请其管理员开放此服务。</translation>
    </message>
    <message>
        <source>The destination refused to say whether it keeps the instances.</source>
        <translation>目的地拒绝说明是否保存这些实例。</translation>
    </message>
    <message>
        <source>Ask the PACS administrator to allow storage commitment for our AE title.</source>
        <translation>请 PACS 管理员允许我方 AE Title 使用存储承诺。</translation>
    </message>
    <message>
        <source>The destination did not report in time whether it keeps the instance.</source>
        <translation>目的地没有及时报告是否保存该实例。</translation>
    </message>
    <message>
        <source>Ask the PACS administrator to send reports of storage commitment to our AE title, address and port.</source>
        <translation>请 PACS 管理员把存储承诺报告发送到我方的 AE Title、地址和端口。</translation>
    </message>
    <message>
        <source>The destination says that it does not hold the instance.</source>
        <translation>目的地表示没有保存该实例。</translation>
    </message>
    <message>
        <source>Send it again: retry sends what was not proved, too.</source>
        <translation>请重新发送：重试也会发送未证明的实例。</translation>
    </message>
    <message>
        <source>The destination failed while it looked for the instance.</source>
        <translation>目的地在查找该实例时出错。</translation>
    </message>
    <message>
        <source>It is asked again. If it stays so, ask the PACS administrator.</source>
        <translation>会再次询问。如果仍然如此，请询问 PACS 管理员。</translation>
    </message>
    <message>
        <source>The destination does not have the instance.</source>
        <translation>目的地没有该实例。</translation>
    </message>
    <message>
        <source>The destination has an instance of this UID, but of another kind (SOP class).</source>
        <translation>目的地有此 UID 的实例，但对象类型（SOP 类）不同。</translation>
    </message>
    <message>
        <source>Find out at the destination which of the two is right.</source>
        <translation>请在目的地查明两者中哪一个正确。</translation>
    </message>
    <message>
        <source>The destination makes no storage commitment for this kind of object (SOP class).</source>
        <translation>目的地对这种对象（SOP 类）不作存储承诺。</translation>
    </message>
    <message>
        <source>Choose the query as proof of delivery, or ask the PACS administrator.</source>
        <translation>请改用查询作为送达证明，或询问 PACS 管理员。</translation>
    </message>
    <message>
        <source>The destination takes the request for storage commitment for one it had before.</source>
        <translation>目的地认为该存储承诺请求与以前的请求重复。</translation>
    </message>
    <message>
        <source>Somebody else changed the rules meanwhile.</source>
        <translation>期间有人更改了规则。</translation>
    </message>
    <message>
        <source>Look at the rules as they are now, and make the change again.</source>
        <translation>请查看规则现在的内容，再重新更改。</translation>
    </message>
    <message>
        <source>The Radpost that has this data folder open did not answer.</source>
        <translation>正在使用此数据文件夹的 Radpost 没有应答。</translation>
    </message>
    <message>
        <source>Ask again. If it stays silent, it hangs or is an older one: end it and start it again.</source>
        <translation>请再试一次。如果仍无应答，说明它已停止响应或版本较旧：请结束它并重新启动。</translation>
    </message>
    <message>
        <source>The Radpost that has this data folder open is at it, and has not said yet what it did.</source>
        <translation>正在使用此数据文件夹的 Radpost 正在处理，尚未告知结果。</translation>
    </message>
    <message>
        <source>Look at the jobs in a while before you ask again.</source>
        <translation>请稍后查看任务，再决定是否重试。</translation>
    </message>
    <message>
        <source>Keep the file for support, and put the newest backup copy from the data folder in its place. What a gateway has received is entered anew by &quot;radpost spool rebuild&quot;.</source>
        <translation>请保留该文件供技术支持使用，并用数据文件夹中最新的备份替换它。网关已接收的内容可用“radpost spool rebuild”重新登记。</translation>
    </message>
    <message>
        <source>Ask its administrator to enter the receiver&apos;s AE title, address and port, or retrieve by C-GET instead.</source>
        <translation>请其管理员登记接收方的应用实体标题、地址和端口，或改用 C-GET 取回。</translation>
    </message>
</context>
<context>
    <name>FailureWords</name>
    <message>
        <source>%1 (%2)</source>
        <extracomment>%1: a SOP class; %2: how many instances of it</extracomment>
        <translation>%1（%2 个）</translation>
    </message>
    <message>
        <source>%1 in %2 (%3)</source>
        <extracomment>%1: a SOP class; %2: the transfer syntax of its instances; %3: how many</extracomment>
        <translation>%1（%2，%3 个）</translation>
    </message>
    <message>
        <source>Not taken</source>
        <translation>未被接收</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more kind(s)</source>
        <extracomment>%1: kinds of objects; %n: how many kinds are not named</extracomment>
        <translation>
            <numerusform>%1，另有 %n 种</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n instance(s) failed.</source>
        <translation>
            <numerusform>%n 个实例失败。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message>
        <source>M</source>
        <extracomment>Patient&apos;s Sex: male</extracomment>
        <translation>男</translation>
    </message>
    <message>
        <source>F</source>
        <extracomment>Patient&apos;s Sex: female</extracomment>
        <translation>女</translation>
    </message>
    <message>
        <source>O</source>
        <extracomment>Patient&apos;s Sex: other</extracomment>
        <translation>其他</translation>
    </message>
</context>
<context>
    <name>JobEndText</name>
    <message>
        <source>Sent %1 of %2 to %3.</source>
        <translation>已向 %3 发送 %2 个实例中的 %1 个。</translation>
    </message>
    <message>
        <source>Nothing was found to send to %1.</source>
        <translation>没有找到可发送到 %1 的实例。</translation>
    </message>
    <message>
        <source>%1 of %2 failed.</source>
        <translation>%2 个实例中有 %1 个失败。</translation>
    </message>
    <message>
        <source>Sending stopped.</source>
        <translation>发送已停止。</translation>
    </message>
</context>
<context>
    <name>JobText</name>
    <message>
        <source>unfinished</source>
        <translation>未完成</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
</context>
<context>
    <name>JobWords</name>
    <message>
        <source>finished: nothing was there to send</source>
        <translation>已完成：没有可发送的内容</translation>
    </message>
    <message>
        <source>finished: everything is stored</source>
        <translation>已完成：全部已存储</translation>
    </message>
    <message>
        <source>finished, failures settled</source>
        <translation>已完成，失败已处理</translation>
    </message>
    <message>
        <source>finished with failures</source>
        <translation>已完成，有失败</translation>
    </message>
    <message>
        <source>destination down</source>
        <translation>目的地不可用</translation>
    </message>
    <message>
        <source>waits to try again</source>
        <translation>等待重试</translation>
    </message>
    <message>
        <source>waits until %1 to try again</source>
        <translation>等到 %1 重试</translation>
    </message>
    <message>
        <source>waits for the hours of the destination</source>
        <translation>等待目的地的允许时段</translation>
    </message>
    <message>
        <source>waits until %1 for the hours of the destination</source>
        <translation>等到 %1（目的地的允许时段）</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message numerus="yes">
        <source>%n patient(s)</source>
        <extracomment>%1: a patient&apos;s name; %Ln: how many others the job has</extracomment>
        <translation>
            <numerusform>%n 位患者</numerusform>
        </translation>
    </message>
    <message>
        <source>not finished</source>
        <translation>未完成</translation>
    </message>
    <message>
        <source>queued</source>
        <translation>排队中</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>正在连接</translation>
    </message>
    <message>
        <source>sending</source>
        <translation>正在发送</translation>
    </message>
    <message>
        <source>waits for the scan</source>
        <translation>等待扫描</translation>
    </message>
    <message>
        <source>the destination is paused</source>
        <translation>目的地已暂停</translation>
    </message>
    <message>
        <source>held</source>
        <translation>暂不发送</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>%1 sent</source>
        <translation>已发送 %1</translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>失败 %1</translation>
    </message>
    <message>
        <source>%1 waiting</source>
        <translation>等待 %1</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <source>%1 cancelled</source>
        <translation>已取消 %1</translation>
    </message>
    <message>
        <source>%1 in all</source>
        <translation>共 %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1 instances/s</source>
        <translation>%1 实例/秒</translation>
    </message>
    <message numerus="yes">
        <source>%n association(s)</source>
        <translation>
            <numerusform>%n 个关联</numerusform>
        </translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Resume destination</source>
        <translation>恢复目的地</translation>
    </message>
    <message numerus="yes">
        <source>Retry %n failed</source>
        <translation>
            <numerusform>重试 %n 个失败实例</numerusform>
        </translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>回执</translation>
    </message>
    <message>
        <source>not sent yet</source>
        <translation>尚未发送</translation>
    </message>
    <message>
        <source>stored</source>
        <translation>已存储</translation>
    </message>
    <message>
        <source>stored, with a warning</source>
        <translation>已存储，有警告</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>finished: sent, but not proved</source>
        <translation>已完成：已发送，但未证明</translation>
    </message>
    <message>
        <source>%1 not proved</source>
        <translation>%1 个未证明</translation>
    </message>
    <message numerus="yes">
        <source>Send %n not proved again</source>
        <translation>
            <numerusform>重新发送 %n 个未证明的实例</numerusform>
        </translation>
    </message>
    <message>
        <source>sent; the proof is awaited</source>
        <translation>已发送；等待送达证明</translation>
    </message>
    <message>
        <source>%1 to be proved</source>
        <translation>%1 个待证明</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) could not be read</source>
        <translation>
            <numerusform>%Ln 个文件无法读取</numerusform>
        </translation>
    </message>
    <message>
        <source>finished: nothing was sent; %1</source>
        <translation>已完成：没有发送任何内容；%1</translation>
    </message>
    <message>
        <source>everything that could be read is stored; %1</source>
        <extracomment>%1: how many files could not be read</extracomment>
        <translation>可读取的内容已全部存储；%1</translation>
    </message>
    <message>
        <source>destination down, tries again at %1</source>
        <translation>目的地不可用，将于 %1 重试</translation>
    </message>
    <message>
        <source>sending, limited to %1</source>
        <extracomment>%1: a rate such as 3 MB/s</extracomment>
        <translation>正在发送，限速 %1</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %Ln more</source>
        <translation>
            <numerusform>%1，另有 %Ln 名患者</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) not read</source>
        <translation>
            <numerusform>%Ln 个文件未读取</numerusform>
        </translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>立即重试</translation>
    </message>
</context>
<context>
    <name>LogWords</name>
    <message>
        <source>Job %1 began.</source>
        <translation>任务 %1 开始。</translation>
    </message>
    <message>
        <source>Job %1: %2 files looked at, %3 instances found, %4 files left out.</source>
        <translation>任务 %1：扫描了 %2 个文件，找到 %3 个实例，%4 个文件不发送。</translation>
    </message>
    <message>
        <source>Job %1: the scan ended early after %2 files; %3 instances were found.</source>
        <translation>任务 %1：扫描在 %2 个文件后提前结束，已找到 %3 个实例。</translation>
    </message>
    <message>
        <source>Job %1 to %2 finished: %4 stored, %5 failed.</source>
        <translation>任务 %1（发往 %2）已完成：已存储 %4，失败 %5。</translation>
    </message>
    <message>
        <source>Job %1 to %2 stopped: %4 stored, %5 failed, %6 left.</source>
        <translation>任务 %1（发往 %2）已停止：已存储 %4，失败 %5，剩余 %6。</translation>
    </message>
    <message>
        <source>Job %1 to %2 was paused: %4 stored, %5 failed, %6 left.</source>
        <translation>任务 %1（发往 %2）已暂停：已存储 %4，失败 %5，剩余 %6。</translation>
    </message>
    <message>
        <source>Job %1 to %2 was cancelled: %4 stored, %5 failed.</source>
        <translation>任务 %1（发往 %2）已取消：已存储 %4，失败 %5。</translation>
    </message>
    <message>
        <source>Job %1: stored with a warning (%5): %3</source>
        <translation>任务 %1：已存储，但有警告（%5）：%3</translation>
    </message>
    <message>
        <source>Job %1: not delivered: %3</source>
        <translation>任务 %1：未送达：%3</translation>
    </message>
    <message>
        <source>Job %1: will be tried again: %3</source>
        <translation>任务 %1：将重试：%3</translation>
    </message>
    <message>
        <source>Job %1: %2 more instances like these. The job&apos;s receipt has all of them.</source>
        <translation>任务 %1：另有 %2 个实例情况相同，全部列在该任务的回执中。</translation>
    </message>
    <message>
        <source>Association with %1 at %2 (%3).</source>
        <translation>已与 %1（%2，%3）建立关联。</translation>
    </message>
    <message>
        <source>%1 cannot be reached.</source>
        <translation>无法连接 %1。</translation>
    </message>
    <message>
        <source>%1 answers again.</source>
        <translation>%1 已恢复应答。</translation>
    </message>
    <message>
        <source>The ledger is open; jobs can be sent.</source>
        <translation>台账已打开，可以发送任务。</translation>
    </message>
    <message>
        <source>Another Radpost has the ledger; this one only looks.</source>
        <translation>台账正被另一个 Radpost 使用，本程序只能查看。</translation>
    </message>
    <message>
        <source>The ledger cannot be used.</source>
        <translation>台账无法使用。</translation>
    </message>
    <message>
        <source>The ledger can be written again.</source>
        <translation>台账已恢复写入。</translation>
    </message>
    <message>
        <source>Receiving on port %1.</source>
        <translation>正在端口 %1 上接收。</translation>
    </message>
    <message>
        <source>Receiving was switched off.</source>
        <translation>接收已关闭。</translation>
    </message>
    <message>
        <source>Receiving cannot be switched on.</source>
        <translation>无法开启接收。</translation>
    </message>
    <message>
        <source>Tracing %1 began.</source>
        <translation>开始跟踪 %1。</translation>
    </message>
    <message>
        <source>Tracing %1 ended with %2 PDUs.</source>
        <translation>对 %1 的跟踪已结束，共 %2 条 PDU 记录。</translation>
    </message>
    <message>
        <source>A support bundle was saved: %1</source>
        <translation>已保存支持包：%1</translation>
    </message>
    <message>
        <source>The destination said: %1</source>
        <translation>目的地的说明：%1</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>详细</translation>
    </message>
    <message>
        <source>Information</source>
        <translation>信息</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Next try at %1.</source>
        <translation>下次尝试：%1。</translation>
    </message>
</context>
<context>
    <name>PreviewMessage</name>
    <message>
        <source>It has no picture, and can be sent like images.</source>
        <translation>没有影像，可与影像一样发送。</translation>
    </message>
    <message>
        <source>This version cannot show it yet. It can be sent all the same.</source>
        <translation>此版本尚不能显示，但仍可照常发送。</translation>
    </message>
    <message>
        <source>Structured report</source>
        <translation>结构化报告</translation>
    </message>
    <message>
        <source>Key object selection</source>
        <translation>关键对象选择</translation>
    </message>
    <message>
        <source>A list of marked images, without a picture of its own.</source>
        <translation>已标记影像的列表，本身没有影像。</translation>
    </message>
    <message>
        <source>PDF document</source>
        <translation>PDF 文档</translation>
    </message>
    <message>
        <source>The pages of the document are not shown here. It can be sent like images.</source>
        <translation>此处不显示文档页面，可与影像一样发送。</translation>
    </message>
    <message>
        <source>Encapsulated document</source>
        <translation>封装文档</translation>
    </message>
    <message>
        <source>Presentation state</source>
        <translation>呈现状态</translation>
    </message>
    <message>
        <source>It says how other images are to be shown, and has no picture of its own.</source>
        <translation>它规定其他影像如何显示，本身没有影像。</translation>
    </message>
    <message>
        <source>Waveform</source>
        <translation>波形</translation>
    </message>
    <message>
        <source>Curves such as an ECG, not an image. They can be sent like images.</source>
        <translation>心电图一类的曲线，不是影像，可与影像一样发送。</translation>
    </message>
    <message>
        <source>RT structure set</source>
        <translation>放疗结构集</translation>
    </message>
    <message>
        <source>Contours for radiotherapy, without a picture of their own.</source>
        <translation>放疗轮廓，本身没有影像。</translation>
    </message>
    <message>
        <source>RT plan</source>
        <translation>放疗计划</translation>
    </message>
    <message>
        <source>Radiotherapy object</source>
        <translation>放疗对象</translation>
    </message>
    <message>
        <source>No image</source>
        <translation>无影像</translation>
    </message>
    <message>
        <source>This object holds no pixels, and can be sent like images.</source>
        <translation>此对象不含像素，可与影像一样发送。</translation>
    </message>
    <message>
        <source>Floating-point pixels</source>
        <translation>浮点像素</translation>
    </message>
    <message>
        <source>JPEG 2000</source>
        <translation>JPEG 2000</translation>
    </message>
    <message>
        <source>High-throughput JPEG 2000</source>
        <translation>高吞吐量 JPEG 2000</translation>
    </message>
    <message>
        <source>JPEG XL</source>
        <translation>JPEG XL</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>视频</translation>
    </message>
    <message>
        <source>Another compression</source>
        <translation>其他压缩方式</translation>
    </message>
    <message>
        <source>Unknown transfer syntax</source>
        <translation>未知的传输语法</translation>
    </message>
    <message>
        <source>Too large for a preview</source>
        <translation>影像过大，无法预览</translation>
    </message>
    <message>
        <source>The matrix is too large to be shown here. It can be sent all the same.</source>
        <translation>矩阵过大，此处无法显示，但仍可照常发送。</translation>
    </message>
    <message>
        <source>The picture cannot be shown</source>
        <translation>无法显示影像</translation>
    </message>
    <message>
        <source>%1 × %2</source>
        <extracomment>columns by rows of an image</extracomment>
        <translation>%1 × %2</translation>
    </message>
    <message numerus="yes">
        <source>%n bit(s)</source>
        <translation>
            <numerusform>%n 位</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 bits</source>
        <translation>分配 %2 位，存储 %1 位</translation>
    </message>
    <message>
        <source>%1 × %2 mm</source>
        <extracomment>size of a pixel: width by height</extracomment>
        <translation>%1 × %2 mm</translation>
    </message>
    <message>
        <source>W %1  C %2</source>
        <extracomment>width and center of the window, in the corner of the picture</extracomment>
        <translation>窗宽 %1  窗位 %2</translation>
    </message>
    <message>
        <source>VOI LUT</source>
        <translation>VOI LUT</translation>
    </message>
</context>
<context>
    <name>ReceiptWords</name>
    <message>
        <source>Receipt</source>
        <translation>回执</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Destination</source>
        <translation>目的地</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>创建时间</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>完成时间</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Instances</source>
        <translation>实例</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>Stored</source>
        <translation>已存储</translation>
    </message>
    <message>
        <source>Stored, with a warning</source>
        <translation>已存储，有警告</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Not sent yet</source>
        <translation>尚未发送</translation>
    </message>
    <message>
        <source>Waiting to try again</source>
        <translation>等待重试</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Skipped files</source>
        <translation>跳过的文件</translation>
    </message>
    <message>
        <source>Duplicates</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>The same content, sent once</source>
        <translation>内容相同，只发送一次</translation>
    </message>
    <message>
        <source>Same UID, other content; only the first was sent</source>
        <translation>UID 相同而内容不同；只发送了第一个</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>患者</translation>
    </message>
    <message>
        <source>Patient ID</source>
        <translation>患者 ID</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>序列</translation>
    </message>
    <message>
        <source>Modality</source>
        <translation>设备类型</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Failures</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Not sent</source>
        <translation>未发送</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态码</translation>
    </message>
    <message>
        <source>Comment of the destination</source>
        <translation>目的地的说明</translation>
    </message>
    <message>
        <source>Tries</source>
        <translation>尝试次数</translation>
    </message>
    <message>
        <source>Associations</source>
        <translation>关联</translation>
    </message>
    <message>
        <source>The scan was cut short: the source may hold more than this job.</source>
        <translation>扫描被中断：来源中可能还有此任务未包含的内容。</translation>
    </message>
    <message>
        <source>Everything is stored at the destination.</source>
        <translation>全部已存储在目的地。</translation>
    </message>
    <message>
        <source>Not everything is stored.</source>
        <translation>尚未全部存储。</translation>
    </message>
    <message>
        <source>unfinished</source>
        <translation>未完成</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Everything that could be read is stored. Files that could not be read: %1.</source>
        <translation>能读取的内容已全部存储。无法读取的文件：%1。</translation>
    </message>
    <message>
        <source>Element at fault</source>
        <translation>有问题的元素</translation>
    </message>
    <message>
        <source>Proof of delivery</source>
        <translation>送达证明</translation>
    </message>
    <message>
        <source>Proof asked for</source>
        <translation>要求的证明</translation>
    </message>
    <message>
        <source>The destination&apos;s answer to each instance (C-STORE response)</source>
        <translation>目的地对每个实例的应答（C-STORE 响应）</translation>
    </message>
    <message>
        <source>Instances with this proof</source>
        <translation>有此证明的实例</translation>
    </message>
    <message>
        <source>Instances without it</source>
        <translation>无此证明的实例</translation>
    </message>
    <message>
        <source>The destination&apos;s report that it keeps the instance (storage commitment)</source>
        <translation>目的地关于保存该实例的报告（存储承诺）</translation>
    </message>
    <message>
        <source>The instance is found at the destination (C-FIND at IMAGE level)</source>
        <translation>在目的地能查到该实例（IMAGE 级 C-FIND）</translation>
    </message>
    <message>
        <source>Asked for, no answer yet</source>
        <translation>已索取，尚无答复</translation>
    </message>
    <message>
        <source>Not proved by the destination</source>
        <translation>目的地未证明</translation>
    </message>
    <message>
        <source>Not asked for yet</source>
        <translation>尚未索取</translation>
    </message>
    <message>
        <source>Everything is sent; the proof of delivery is not complete.</source>
        <translation>已全部发送；送达证明不完整。</translation>
    </message>
    <message>
        <source>At the destination before, found by a query; not asked for commitment</source>
        <translation>原先已在目的地，由查询找到；未请求存储承诺</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>AE title of the destination</source>
        <translation>目的地的应用实体标题</translation>
    </message>
    <message>
        <source>Our AE title</source>
        <translation>本机的应用实体标题</translation>
    </message>
    <message>
        <source>File that was left out</source>
        <translation>未发送的文件</translation>
    </message>
    <message>
        <source>File with the same UID</source>
        <translation>UID 相同的文件</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>建立时间</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>结束时间</translation>
    </message>
</context>
<context>
    <name>ReceiveWords</name>
    <message>
        <source>%1 (any is answered)</source>
        <translation>%1（任意名称均可）</translation>
    </message>
    <message>
        <source>DICOM receiver (C-STORE SCP), please add as a send destination:</source>
        <translation>DICOM 接收端（C-STORE SCP），请在设备上添加为发送目的地：</translation>
    </message>
    <message>
        <source>AE title: %1</source>
        <translation>应用实体标题：%1</translation>
    </message>
    <message>
        <source>IP address: %1</source>
        <translation>IP 地址：%1</translation>
    </message>
    <message>
        <source>Port: %1</source>
        <translation>端口：%1</translation>
    </message>
    <message>
        <source>All storage SOP classes and transfer syntaxes, no TLS; C-ECHO is answered.</source>
        <translation>支持全部存储 SOP 类和传输语法，不使用 TLS；应答 C-ECHO。</translation>
    </message>
    <message>
        <source>Off: nothing can be sent to this workstation</source>
        <translation>已关闭：无法向本工作站发送</translation>
    </message>
    <message>
        <source>Switching on…</source>
        <translation>正在开启…</translation>
    </message>
    <message>
        <source>Switching off…</source>
        <translation>正在关闭…</translation>
    </message>
    <message>
        <source>Could not be switched on</source>
        <translation>未能开启</translation>
    </message>
    <message>
        <source>Receiving at port %1</source>
        <translation>正在端口 %1 接收</translation>
    </message>
    <message numerus="yes">
        <source>%n association(s)</source>
        <translation>
            <numerusform>%n 个关联</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 stored since start</source>
        <translation>开启以来已存储 %1 个实例</translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n 个失败</numerusform>
        </translation>
    </message>
    <message>
        <source>All storage SOP classes and transfer syntaxes; C-ECHO is answered.</source>
        <translation>支持所有存储 SOP 类和传输语法；响应 C-ECHO。</translation>
    </message>
    <message>
        <source>Port %1 with TLS</source>
        <translation>端口 %1（TLS）</translation>
    </message>
    <message>
        <source>Port %1</source>
        <translation>端口 %1</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>open</source>
        <translation>已打开</translation>
    </message>
    <message>
        <source>being opened…</source>
        <translation>正在打开…</translation>
    </message>
    <message>
        <source>being closed…</source>
        <translation>正在关闭…</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>已关闭</translation>
    </message>
    <message>
        <source>%1 delivered</source>
        <translation>已送达 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n refused by destinations</source>
        <translation>
            <numerusform>%n 个被目的地拒收</numerusform>
        </translation>
    </message>
    <message>
        <source>Off here: another Radpost has the data folder</source>
        <translation>此处未开启：另一个 Radpost 正在使用数据文件夹</translation>
    </message>
    <message>
        <source>In use: %1 of %2</source>
        <translation>已用：%1，上限 %2</translation>
    </message>
    <message>
        <source>In use: %1</source>
        <translation>已用：%1</translation>
    </message>
    <message>
        <source>Free on the disk: %1</source>
        <translation>磁盘剩余：%1</translation>
    </message>
    <message>
        <source>There is no room: senders are refused until some is made.</source>
        <translation>空间不足：腾出空间之前将拒绝发送方。</translation>
    </message>
    <message>
        <source>Below %1 free, senders are refused before the disk is full.</source>
        <translation>剩余低于 %1 时将拒绝发送方，以免磁盘写满。</translation>
    </message>
    <message>
        <source>Receiving is off here: another Radpost has the data folder.</source>
        <translation>此处未开启接收：另一个 Radpost 正在使用数据文件夹。</translation>
    </message>
    <message>
        <source>Receiving is off: the rules have a fault. The page Rules shows it.</source>
        <translation>接收未开启：规则有错误，详见“规则”页面。</translation>
    </message>
    <message>
        <source>Receiving is off: a certificate or key of a listener cannot be used.</source>
        <translation>接收未开启：监听端口的证书或私钥无法使用。</translation>
    </message>
    <message>
        <source>Receiving is off: the data folder cannot be written to, or another program receives into it.</source>
        <translation>接收未开启：无法写入数据文件夹，或另一个程序正在向其中接收。</translation>
    </message>
    <message>
        <source>Receiving is off: the folder %1 cannot be written to, or another program receives into it.</source>
        <translation>接收未开启：无法写入文件夹 %1，或另一个程序正在向其中接收。</translation>
    </message>
    <message>
        <source>Receiving is off: the folder %1 cannot be written to.</source>
        <translation>接收未开启：无法写入文件夹 %1。</translation>
    </message>
    <message>
        <source>Receiving is off.</source>
        <translation>接收未开启。</translation>
    </message>
    <message>
        <source>Receiving is off: port %1 cannot be used.</source>
        <translation>接收未开启：端口 %1 无法使用。</translation>
    </message>
    <message>
        <source>Receiving is off: the address %1 for health and metrics cannot be used.</source>
        <translation>接收未开启：用于健康检查和指标的地址 %1 无法使用。</translation>
    </message>
    <message>
        <source>Disk space is running out. At the limit, senders are refused.</source>
        <translation>磁盘空间即将不足。达到上限时将拒绝发送方。</translation>
    </message>
    <message>
        <source>Disk space is running out. Below %1 free, senders are refused.</source>
        <translation>磁盘空间即将不足。剩余低于 %1 时将拒绝发送方。</translation>
    </message>
    <message>
        <source>RX failed</source>
        <translation>接收失败</translation>
    </message>
    <message>
        <source>RX off</source>
        <translation>接收已关闭</translation>
    </message>
    <message numerus="yes">
        <source>RX: %n receiving</source>
        <translation>
            <numerusform>接收中：%n 个关联</numerusform>
        </translation>
    </message>
    <message>
        <source>RX on</source>
        <translation>接收已开启</translation>
    </message>
</context>
<context>
    <name>RouteText</name>
    <message>
        <source>the series</source>
        <translation>该序列</translation>
    </message>
    <message>
        <source>the study</source>
        <translation>该检查</translation>
    </message>
    <message>
        <source>at once</source>
        <translation>立即发送</translation>
    </message>
    <message>
        <source>when %1 is complete (nothing more for %2)</source>
        <translation>%1完整后（%2 内不再有新实例）</translation>
    </message>
    <message>
        <source>when somebody says that %1 is complete</source>
        <translation>人工确认%1完整后</translation>
    </message>
    <message>
        <source>first of the group &quot;%1&quot;</source>
        <translation>组“%1”的首选</translation>
    </message>
    <message>
        <source>backup of the group &quot;%1&quot;</source>
        <translation>组“%1”的备用</translation>
    </message>
    <message>
        <source>this study&apos;s member of the group &quot;%1&quot;</source>
        <translation>组“%1”中分配给本检查的成员</translation>
    </message>
    <message>
        <source>member of the group &quot;%1&quot; that has the beginning of this study</source>
        <translation>组“%1”中已收到本检查前一部分的成员</translation>
    </message>
    <message>
        <source>of the group &quot;%1&quot;, no member of which can be reached now</source>
        <translation>属于组“%1”，其成员目前均无法连接</translation>
    </message>
    <message>
        <source>Held for review by the rule &quot;%1&quot;</source>
        <translation>被规则“%1”暂留待审</translation>
    </message>
    <message>
        <source>Held for review by the rule &quot;%1&quot;: %2</source>
        <translation>被规则“%1”暂留待审：%2</translation>
    </message>
    <message>
        <source>Held for review: the rule &quot;%1&quot; cannot be judged</source>
        <translation>暂留待审：无法判定规则“%1”</translation>
    </message>
    <message>
        <source>Held for review: rules send it to %1 with different transform profiles (last by the rule &quot;%2&quot;)</source>
        <translation>暂留待审：多条规则以不同的转换方案发往 %1（最后一条为规则“%2”）</translation>
    </message>
    <message>
        <source>it is %1</source>
        <translation>实际为 %1</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>undecided</source>
        <translation>无法判定</translation>
    </message>
    <message>
        <source>always</source>
        <translation>总是</translation>
    </message>
    <message>
        <source>all of these</source>
        <translation>以下全部</translation>
    </message>
    <message>
        <source>any of these</source>
        <translation>以下任一</translation>
    </message>
    <message>
        <source>not</source>
        <translation>非</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message>
        <source>it is not there</source>
        <translation>不存在</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>为空</translation>
    </message>
    <message>
        <source>it cannot be compared</source>
        <translation>无法比较</translation>
    </message>
    <message>
        <source>too long to look at all of it</source>
        <translation>过长，未能全部核对</translation>
    </message>
    <message>
        <source>the expression takes too long</source>
        <translation>表达式匹配耗时过长</translation>
    </message>
    <message>
        <source>the data set cannot be read</source>
        <translation>无法读取数据集</translation>
    </message>
    <message>
        <source>after %1</source>
        <translation>延迟 %1</translation>
    </message>
    <message>
        <source>between %1</source>
        <translation>时段 %1</translation>
    </message>
    <message>
        <source>transform profile %1</source>
        <translation>转换方案 %1</translation>
    </message>
    <message>
        <source>priority %1</source>
        <translation>优先级%1</translation>
    </message>
    <message>
        <source>rule %1</source>
        <translation>规则 %1</translation>
    </message>
    <message>
        <source>one delivery for the rules %1</source>
        <translation>规则 %1 合并为一次传送</translation>
    </message>
    <message>
        <source>Sent to %1</source>
        <translation>发往 %1</translation>
    </message>
    <message>
        <source>Dropped by the rule &quot;%1&quot;</source>
        <translation>被规则“%1”丢弃</translation>
    </message>
    <message>
        <source>Dropped by the rule &quot;%1&quot;: %2</source>
        <translation>被规则“%1”丢弃：%2</translation>
    </message>
    <message>
        <source>No rule matches: it is not sent anywhere</source>
        <translation>没有规则匹配：不发往任何目的地</translation>
    </message>
    <message>
        <source>matches</source>
        <translation>匹配</translation>
    </message>
    <message>
        <source>does not match</source>
        <translation>不匹配</translation>
    </message>
    <message>
        <source>cannot be judged</source>
        <translation>无法判定</translation>
    </message>
    <message>
        <source>is switched off</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>not looked at, a rule before it stopped</source>
        <translation>未比对，前面的规则已终止</translation>
    </message>
    <message>
        <source>Group &quot;%1&quot;</source>
        <translation>组“%1”</translation>
    </message>
    <message>
        <source>Rule &quot;%1&quot;</source>
        <translation>规则“%1”</translation>
    </message>
    <message>
        <source>%1: new</source>
        <translation>%1：新增</translation>
    </message>
    <message>
        <source>%1: gone</source>
        <translation>%1：已删除</translation>
    </message>
    <message>
        <source>%1: at another place in the order</source>
        <translation>%1：顺序已变</translation>
    </message>
    <message>
        <source>%1: %2 changed</source>
        <translation>%1：%2 已更改</translation>
    </message>
    <message>
        <source>nothing changes</source>
        <translation>没有变化</translation>
    </message>
    <message>
        <source>%1 would get it, too, by %2</source>
        <translation>将由 %2 另外发往 %1</translation>
    </message>
    <message>
        <source>%1 would not get it any more; it was sent there by %2</source>
        <translation>不再发往 %1；原由 %2 发送</translation>
    </message>
    <message>
        <source>%1 would get it in another way, by %2</source>
        <translation>将由 %2 以不同方式发往 %1</translation>
    </message>
    <message>
        <source>it would be held for review by %1</source>
        <translation>将被 %1 暂留待审</translation>
    </message>
    <message>
        <source>it would not be held for review any more</source>
        <translation>不再暂留待审</translation>
    </message>
    <message>
        <source>it would be dropped by %1</source>
        <translation>将被 %1 丢弃</translation>
    </message>
    <message>
        <source>it would not be dropped any more</source>
        <translation>不再丢弃</translation>
    </message>
    <message>
        <source>no rule would match it any more</source>
        <translation>不再有规则匹配</translation>
    </message>
    <message>
        <source>a rule would match it now: %1</source>
        <translation>现在有规则匹配：%1</translation>
    </message>
    <message>
        <source>Instances looked at: %1, treated otherwise: %2</source>
        <translation>已比对实例：%1，处理方式不同：%2</translation>
    </message>
    <message>
        <source>%1: before %2, with the draft %3, in another way %4</source>
        <translation>%1：此前 %2，按草稿 %3，方式不同 %4</translation>
    </message>
    <message>
        <source>Newly held for review: %1</source>
        <translation>新增暂留待审：%1</translation>
    </message>
    <message>
        <source>No longer held for review: %1</source>
        <translation>不再暂留待审：%1</translation>
    </message>
    <message>
        <source>Newly dropped: %1</source>
        <translation>新增丢弃：%1</translation>
    </message>
    <message>
        <source>No longer dropped: %1</source>
        <translation>不再丢弃：%1</translation>
    </message>
    <message>
        <source>No longer matched by any rule: %1</source>
        <translation>不再被任何规则匹配：%1</translation>
    </message>
    <message>
        <source>Newly matched by a rule: %1</source>
        <translation>新增规则匹配：%1</translation>
    </message>
    <message>
        <source>The rule &quot;%1&quot; matches nothing</source>
        <translation>规则“%1”没有匹配任何实例</translation>
    </message>
    <message>
        <source>only what is not there yet</source>
        <translation>仅发送目的地还没有的</translation>
    </message>
</context>
<context>
    <name>RuleText</name>
    <message>
        <source>Rules must be written as [[rule]] tables, groups as [[group]] tables.</source>
        <translation>规则必须写成 [[rule]] 表，组必须写成 [[group]] 表。</translation>
    </message>
    <message>
        <source>There is no destination and no group with the name &quot;%1&quot;.</source>
        <translation>没有名为“%1”的目的地或组。</translation>
    </message>
    <message>
        <source>There is no destination with the name &quot;%1&quot;; a group consists of destinations.</source>
        <translation>没有名为“%1”的目的地；组由目的地构成。</translation>
    </message>
    <message>
        <source>The group has the destination &quot;%1&quot; twice.</source>
        <translation>该组两次包含目的地“%1”。</translation>
    </message>
    <message>
        <source>A group needs members = [...] with one destination at least.</source>
        <translation>组需要 members = [...]，其中至少有一个目的地。</translation>
    </message>
    <message>
        <source>The name &quot;%1&quot; is taken already.</source>
        <translation>名称“%1”已被使用。</translation>
    </message>
    <message>
        <source>The rule neither sends, drops nor holds: give it send = ..., or action = &quot;drop&quot; or &quot;hold&quot;.</source>
        <translation>该规则既不发送、也不丢弃或暂留：请写 send = ...，或 action = &quot;drop&quot; 或 &quot;hold&quot;。</translation>
    </message>
    <message>
        <source>The rule sends to &quot;%1&quot; twice.</source>
        <translation>该规则两次发往“%1”。</translation>
    </message>
    <message>
        <source>A rule that drops or holds cannot send, too.</source>
        <translation>丢弃或暂留的规则不能同时发送。</translation>
    </message>
    <message>
        <source>A rule that drops or holds always stops; stop = false does not go with it.</source>
        <translation>丢弃或暂留的规则总是终止后续规则；不能写 stop = false。</translation>
    </message>
    <message>
        <source>quiet, max_wait and expected go only with trigger = &quot;series&quot; or &quot;study&quot;, and only with sending.</source>
        <translation>quiet、max_wait 和 expected 只能与 trigger = &quot;series&quot; 或 &quot;study&quot; 以及发送一起使用。</translation>
    </message>
    <message>
        <source>max_wait is shorter than quiet.</source>
        <translation>max_wait 短于 quiet。</translation>
    </message>
    <message>
        <source>Conditions are nested more than %1 levels deep.</source>
        <translation>条件嵌套超过 %1 层。</translation>
    </message>
    <message>
        <source>There are more than %1 of these.</source>
        <translation>数量超过 %1。</translation>
    </message>
    <message>
        <source>A condition is a table of tests; all and any are lists of such tables.</source>
        <translation>条件是由测试组成的表；all 和 any 是这种表的列表。</translation>
    </message>
    <message>
        <source>The test needs one of equals, in, contains, regex, from, until or exists.</source>
        <translation>测试需要 equals、in、contains、regex、from、until 或 exists 之一。</translation>
    </message>
    <message>
        <source>A test has only one of equals, in, contains, regex, from and until, exists.</source>
        <translation>一个测试只能有 equals、in、contains、regex、from 和 until、exists 之一。</translation>
    </message>
    <message>
        <source>This cannot be tested in such a way.</source>
        <translation>该项不能以这种方式测试。</translation>
    </message>
    <message>
        <source>The list is empty.</source>
        <translation>列表为空。</translation>
    </message>
    <message>
        <source>This must be a text of 1 to 1024 characters, or a number.</source>
        <translation>必须是 1 到 1024 个字符的文本，或数字。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a regular expression.</source>
        <translation>“%1”不是正则表达式。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is neither an IP address nor a network such as 10.0.0.0/8.</source>
        <translation>“%1”既不是 IP 地址，也不是 10.0.0.0/8 这样的网段。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; are not hours such as &quot;22:00-06:00&quot;.</source>
        <translation>“%1”不是 &quot;22:00-06:00&quot; 这样的时段。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a day such as &quot;mon&quot; or &quot;mon-fri&quot;.</source>
        <translation>“%1”不是 &quot;mon&quot; 或 &quot;mon-fri&quot; 这样的星期。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is neither the keyword nor the tag of an attribute, nor a path to one.</source>
        <translation>“%1”既不是属性的关键字或标签，也不是通向属性的路径。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is a private attribute: name its creator, too.</source>
        <translation>“%1”是私有属性：还须写明其创建者（creator）。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is neither the name, the keyword nor the UID of a SOP class.</source>
        <translation>“%1”不是 SOP 类的名称、关键字或 UID。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is neither the name, the keyword nor the UID of a transfer syntax.</source>
        <translation>“%1”不是传输语法的名称、关键字或 UID。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a number, date, time or age as this attribute has it.</source>
        <translation>“%1”不是该属性所用的数字、日期、时间或年龄。</translation>
    </message>
    <message>
        <source>Nothing can lie in the range %1: from is above until.</source>
        <translation>范围 %1 内不可能有值：from 大于 until。</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 等，另有 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is %2 or more</source>
        <translation>%1 不小于 %2</translation>
    </message>
    <message>
        <source>%1 is %2 or less</source>
        <translation>%1 不大于 %2</translation>
    </message>
    <message>
        <source>%1 is between %2 and %3</source>
        <translation>%1 在 %2 与 %3 之间</translation>
    </message>
    <message>
        <source>Calling AE title</source>
        <translation>主叫应用实体标题</translation>
    </message>
    <message>
        <source>Called AE title</source>
        <translation>被叫应用实体标题</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Modality</source>
        <translation>设备类型</translation>
    </message>
    <message>
        <source>SOP class</source>
        <translation>SOP 类</translation>
    </message>
    <message>
        <source>Transfer syntax</source>
        <translation>传输语法</translation>
    </message>
    <message>
        <source>Study description</source>
        <translation>检查描述</translation>
    </message>
    <message>
        <source>Time of day</source>
        <translation>时刻</translation>
    </message>
    <message>
        <source>Weekday</source>
        <translation>星期</translation>
    </message>
    <message>
        <source>%1 is %2</source>
        <translation>%1 为 %2</translation>
    </message>
    <message>
        <source>%1 is one of %2</source>
        <translation>%1 为 %2 之一</translation>
    </message>
    <message>
        <source>%1 contains %2</source>
        <translation>%1 包含 %2</translation>
    </message>
    <message>
        <source>%1 contains one of %2</source>
        <translation>%1 包含 %2 之一</translation>
    </message>
    <message>
        <source>%1 fits the expression %2</source>
        <translation>%1 符合表达式 %2</translation>
    </message>
    <message>
        <source>%1 has a value</source>
        <translation>%1 有值</translation>
    </message>
    <message>
        <source>%1 has no value</source>
        <translation>%1 无值</translation>
    </message>
    <message>
        <source>low</source>
        <translation>低</translation>
    </message>
    <message>
        <source>normal</source>
        <translation>普通</translation>
    </message>
    <message>
        <source>high</source>
        <translation>高</translation>
    </message>
    <message>
        <source>urgent</source>
        <translation>紧急</translation>
    </message>
    <message>
        <source>There is no transform profile &quot;%1&quot;; &quot;none&quot; is the only one so far.</source>
        <translation>没有转换方案“%1”；目前只有“none”。</translation>
    </message>
    <message>
        <source>(%1)</source>
        <translation>（%1）</translation>
    </message>
    <message>
        <source>not: %1</source>
        <translation>非：%1</translation>
    </message>
    <message>
        <source>always</source>
        <translation>任何情况</translation>
    </message>
    <message>
        <source> and </source>
        <translation> 且 </translation>
    </message>
    <message>
        <source> or </source>
        <translation> 或 </translation>
    </message>
    <message>
        <source>hold for review</source>
        <translation>暂留待审</translation>
    </message>
    <message>
        <source>drop</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>to %1 when the series is complete</source>
        <translation>序列完整后发送到 %1</translation>
    </message>
    <message>
        <source>to %1 when the study is complete</source>
        <translation>检查完整后发送到 %1</translation>
    </message>
    <message>
        <source>to %1</source>
        <translation>发送到 %1</translation>
    </message>
</context>
<context>
    <name>RuleWords</name>
    <message>
        <source>Attribute</source>
        <translation>属性</translation>
    </message>
    <message>
        <source>is</source>
        <translation>是</translation>
    </message>
    <message>
        <source>is one of</source>
        <translation>是其中之一</translation>
    </message>
    <message>
        <source>contains</source>
        <translation>包含</translation>
    </message>
    <message>
        <source>contains one of</source>
        <translation>包含其中之一</translation>
    </message>
    <message>
        <source>fits the expression</source>
        <translation>符合表达式</translation>
    </message>
    <message>
        <source>from … to …</source>
        <translation>从…到…</translation>
    </message>
    <message>
        <source>has a value</source>
        <translation>有值</translation>
    </message>
    <message>
        <source>has no value</source>
        <translation>无值</translation>
    </message>
    <message>
        <source>Send it</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Hold it for review</source>
        <translation>暂留待审</translation>
    </message>
    <message>
        <source>Drop it: it is not sent on</source>
        <translation>丢弃：不再转发</translation>
    </message>
    <message>
        <source>At once, each instance</source>
        <translation>立即，逐个实例</translation>
    </message>
    <message>
        <source>When the series is complete</source>
        <translation>序列完整后</translation>
    </message>
    <message>
        <source>When the study is complete</source>
        <translation>检查完整后</translation>
    </message>
    <message>
        <source>The first that can be reached</source>
        <translation>第一个可连通的成员</translation>
    </message>
    <message>
        <source>Each study to one of them</source>
        <translation>每个检查分给其中一个</translation>
    </message>
    <message>
        <source>, else </source>
        <translation>，否则 </translation>
    </message>
    <message>
        <source>e.g. ^CT[0-9]+$</source>
        <translation>例如 ^CT[0-9]+$</translation>
    </message>
    <message>
        <source>e.g. CT1; CT2</source>
        <translation>例如 CT1; CT2</translation>
    </message>
    <message>
        <source>e.g. CT1</source>
        <translation>例如 CT1</translation>
    </message>
    <message>
        <source>e.g. 10.1.0.0/16; 10.2.3.4</source>
        <translation>例如 10.1.0.0/16; 10.2.3.4</translation>
    </message>
    <message>
        <source>e.g. 10.1.0.0/16</source>
        <translation>例如 10.1.0.0/16</translation>
    </message>
    <message>
        <source>e.g. CT; MR</source>
        <translation>例如 CT; MR</translation>
    </message>
    <message>
        <source>e.g. CT</source>
        <translation>例如 CT</translation>
    </message>
    <message>
        <source>e.g. CT Image Storage</source>
        <translation>例如 CT Image Storage</translation>
    </message>
    <message>
        <source>e.g. JPEG2000Lossless</source>
        <translation>例如 JPEG2000Lossless</translation>
    </message>
    <message>
        <source>e.g. 08:00-12:00; 14:00-18:00</source>
        <translation>例如 08:00-12:00; 14:00-18:00</translation>
    </message>
    <message>
        <source>e.g. 22:00-06:00</source>
        <translation>例如 22:00-06:00</translation>
    </message>
    <message>
        <source>e.g. mon-wed; fri</source>
        <translation>例如 mon-wed; fri</translation>
    </message>
    <message>
        <source>e.g. mon-fri</source>
        <translation>例如 mon-fri</translation>
    </message>
    <message>
        <source>values, with ; between them</source>
        <translation>多个值，用分号隔开</translation>
    </message>
    <message>
        <source>a value</source>
        <translation>一个值</translation>
    </message>
    <message>
        <source>One rule must stand here, and nothing else.</source>
        <translation>此处只能有一条规则，不能有其他内容。</translation>
    </message>
    <message>
        <source>Choose where it is sent to.</source>
        <translation>请选择发送到哪里。</translation>
    </message>
    <message>
        <source>This must be %1.</source>
        <translation>此处必须是%1。</translation>
    </message>
</context>
<context>
    <name>SendNotices</name>
    <message numerus="yes">
        <source>%Ln instance(s) are on their way to %1.</source>
        <translation>
            <numerusform>%Ln 个实例正在发送到 %1。</numerusform>
        </translation>
    </message>
    <message>
        <source>The folder has changed since it was shown here.</source>
        <translation>文件夹内容在显示之后已有变化。</translation>
    </message>
    <message>
        <source>The job found %1 instances in the chosen series instead of %2, and sends those that it found.</source>
        <translation>任务在所选序列中找到 %1 个实例，而不是 %2 个，并将发送找到的实例。</translation>
    </message>
    <message>
        <source>%1 could not be asked.</source>
        <translation>无法预检 %1。</translation>
    </message>
    <message numerus="yes">
        <source>%n destination(s) could not be asked.</source>
        <translation>
            <numerusform>%n 个目的地无法预检。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) that you dropped is not on this computer and was not added.</source>
        <translation>
            <numerusform>拖入的内容中有 %n 项不在本机上，未添加。</numerusform>
        </translation>
    </message>
    <message>
        <source>Radpost takes files and folders. Save it on this computer first, then drop it here.</source>
        <translation>Radpost 只接收文件和文件夹。请先保存到本机，再拖到这里。</translation>
    </message>
    <message>
        <source>%1 of %2 sent to %3</source>
        <extracomment>How many, of how many, where to: the beginning of a sentence</extracomment>
        <translation>已向 %3 发送 %1/%2</translation>
    </message>
    <message>
        <source>%1, paused.</source>
        <translation>%1，已暂停。</translation>
    </message>
    <message>
        <source>%1, the rest was cancelled.</source>
        <translation>%1，其余已取消。</translation>
    </message>
    <message>
        <source>%1, then sending stopped.</source>
        <translation>%1，随后发送停止。</translation>
    </message>
    <message>
        <source>%1, %2 failed.</source>
        <translation>%1，%2 个失败。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln instance(s) were sent to %1.</source>
        <translation>
            <numerusform>%Ln 个实例已发送到 %1。</numerusform>
        </translation>
    </message>
    <message>
        <source>It is resumed or cancelled on the page Activity.</source>
        <translation>可在“任务”页继续或取消。</translation>
    </message>
    <message>
        <source>The page Activity says why, and sends what failed again.</source>
        <translation>“任务”页说明原因，并可重新发送失败的内容。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln instance(s) cannot be sent to %1.</source>
        <translation>
            <numerusform>%Ln 个实例无法发送到 %1。</numerusform>
        </translation>
    </message>
    <message>
        <source>The preview of a series says why. The job would list them as failed, and send the rest.</source>
        <translation>选中序列，预览处会说明原因。任务会将其列为失败，其余照常发送。</translation>
    </message>
</context>
<context>
    <name>SendOffer</name>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message numerus="yes">
        <source>Send %Ln instance(s)</source>
        <translation>
            <numerusform>发送 %Ln 个实例</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Send at least %Ln instance(s) to %1</source>
        <translation>
            <numerusform>发送至少 %Ln 个实例到 %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Send %Ln instance(s) to %1</source>
        <translation>
            <numerusform>发送 %Ln 个实例到 %1</numerusform>
        </translation>
    </message>
    <message>
        <source>The job is being written…</source>
        <translation>正在写入任务…</translation>
    </message>
    <message>
        <source>Possible when the scan has ended.</source>
        <translation>扫描结束后即可发送。</translation>
    </message>
    <message>
        <source>Add what shall be sent.</source>
        <translation>请添加要发送的内容。</translation>
    </message>
    <message>
        <source>Tick what shall be sent.</source>
        <translation>请勾选要发送的内容。</translation>
    </message>
    <message>
        <source>There is no destination yet. Add one on the page Destinations.</source>
        <translation>还没有目的地。请在“目的地”页面添加。</translation>
    </message>
    <message>
        <source>Choose a destination.</source>
        <translation>请选择目的地。</translation>
    </message>
    <message>
        <source>This is on its way already.</source>
        <translation>这些内容已在发送中。</translation>
    </message>
    <message>
        <source>Another Radpost is sending.</source>
        <translation>另一个 Radpost 正在发送。</translation>
    </message>
    <message>
        <source>The ledger is being opened…</source>
        <translation>正在打开台账…</translation>
    </message>
    <message>
        <source>The ledger cannot be used.</source>
        <translation>台账无法使用。</translation>
    </message>
    <message numerus="yes">
        <source>Send %Ln instance(s) to %1 again</source>
        <translation>
            <numerusform>再次发送 %Ln 个实例到 %1</numerusform>
        </translation>
    </message>
    <message>
        <source>This is paused. Resume it on the page Activity.</source>
        <translation>这些内容已暂停。请在“任务”页继续。</translation>
    </message>
</context>
<context>
    <name>SendTexts</name>
    <message>
        <source>Without name and ID</source>
        <translation>无姓名和 ID</translation>
    </message>
    <message>
        <source>Without name</source>
        <translation>无姓名</translation>
    </message>
    <message>
        <source>Without description</source>
        <translation>无描述</translation>
    </message>
    <message>
        <source>Without date and description</source>
        <translation>无日期和描述</translation>
    </message>
    <message>
        <source>Mixed patients</source>
        <translation>患者混淆</translation>
    </message>
    <message>
        <source>Wrong character set declared</source>
        <translation>字符集有误</translation>
    </message>
    <message>
        <source>Unreadable text</source>
        <translation>文字无法识别</translation>
    </message>
    <message>
        <source>UID missing</source>
        <translation>缺少 UID</translation>
    </message>
    <message>
        <source>Differing duplicate</source>
        <translation>内容不同的重复实例</translation>
    </message>
    <message>
        <source>This patient ID comes with several names, birth dates or sexes. Make sure that the images belong to one person before you send them.</source>
        <translation>同一患者 ID 对应多个姓名、出生日期或性别。发送前请确认这些影像属于同一人。</translation>
    </message>
    <message>
        <source>The text is in another character set than the files declare. It is shown here as it should be; the files are sent as they are.</source>
        <translation>文字的实际字符集与文件声明的不同。此处已按正确方式显示；文件按原样发送。</translation>
    </message>
    <message>
        <source>Some text fits no character set and may look garbled at the destination too.</source>
        <translation>部分文字不符合任何字符集，在目的地也可能显示为乱码。</translation>
    </message>
    <message>
        <source>The Study or Series Instance UID is missing. Most PACS refuse such images.</source>
        <translation>缺少检查或序列实例 UID。多数 PACS 会拒收这类影像。</translation>
    </message>
    <message>
        <source>Two files with one SOP Instance UID have different content. Only the one that was found first is sent.</source>
        <translation>两个文件的 SOP 实例 UID 相同但内容不同。只发送先找到的那个。</translation>
    </message>
    <message>
        <source>as is</source>
        <extracomment>The destination takes the images as they are</extracomment>
        <translation>原样</translation>
    </message>
    <message>
        <source>converted, no loss</source>
        <translation>无损转换</translation>
    </message>
    <message>
        <source>cannot be sent</source>
        <translation>无法发送</translation>
    </message>
    <message>
        <source>sent as %1, without loss</source>
        <extracomment>%1: name of a transfer syntax</extracomment>
        <translation>以 %1 发送，无损</translation>
    </message>
    <message>
        <source>cannot be sent: %1</source>
        <extracomment>%1: why, a sentence</extracomment>
        <translation>无法发送：%1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2 个中的 %1 个</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1 和 %2</translation>
    </message>
    <message numerus="yes">
        <source>%n destination(s)</source>
        <translation>
            <numerusform>%n 个目的地</numerusform>
        </translation>
    </message>
    <message>
        <source>cannot be sent to %1 of %2</source>
        <extracomment>%1 of %2 destinations cannot be sent to</extracomment>
        <translation>%2 个目的地中有 %1 个不能发送</translation>
    </message>
    <message>
        <source>%1; %2 of %3 did not answer</source>
        <extracomment>%1: as is, decompressed or cannot be sent; %2 of %3 destinations</extracomment>
        <translation>%1；%3 个中有 %2 个未应答</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>%1: %2</source>
        <extracomment>%1: a label, such as the name of a destination; %2: what is said of it</extracomment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>, </source>
        <extracomment>between the parts of an enumeration</extracomment>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>SettingsTexts</name>
    <message>
        <source>As the system says</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Our AE title</source>
        <translation>本机应用实体标题（AE Title）</translation>
    </message>
    <message>
        <source>The name of this workstation for every PACS. The PACS administrator must enter it there.</source>
        <translation>本工作站对所有 PACS 使用的名称，需由 PACS 管理员在对方系统中登记。</translation>
    </message>
    <message>
        <source>Folder of the ledger</source>
        <translation>台账文件夹</translation>
    </message>
    <message>
        <source>Jobs and receipts are kept there. Empty: the usual place of this system.</source>
        <translation>任务和回执保存在此。留空：系统默认位置。</translation>
    </message>
    <message>
        <source>Folder for unpacking archives</source>
        <translation>压缩包解压文件夹</translation>
    </message>
    <message>
        <source>Empty: the temporary folder of this system.</source>
        <translation>留空：系统临时文件夹。</translation>
    </message>
    <message>
        <source>Files read at once</source>
        <translation>同时读取的文件数</translation>
    </message>
    <message>
        <source>&quot;auto&quot;, or a number from 1 to 64. More helps on network shares, fewer on old disks.</source>
        <translation>“自动”或 1 到 64 的数字。网络共享宜多，旧硬盘宜少。</translation>
    </message>
    <message>
        <source>Stop and quit</source>
        <translation>停止并退出</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>询问</translation>
    </message>
    <message>
        <source>What was not sent stays in the ledger either way and goes on at the next start.</source>
        <translation>无论哪种方式，未发送的实例都保留在台账中，下次启动时继续发送。</translation>
    </message>
    <message>
        <source>Keep going in the background</source>
        <translation>在后台继续</translation>
    </message>
    <message>
        <source>When the window is closed while jobs run or receiving is on</source>
        <translation>任务进行中或接收开启时关闭窗口</translation>
    </message>
    <message>
        <source>Associations at once with one destination, at most</source>
        <translation>与同一目的地的最大并发关联数</translation>
    </message>
    <message>
        <source>&quot;unlimited&quot;, or a number from 1 to 64. Unlimited: as many as the destination&apos;s own settings allow. For PACS that several workstations send to.</source>
        <translation>“不限”，或 1 到 64 的数字。“不限”表示以目的地自身的设置为准。适用于多台工作站共用的 PACS。</translation>
    </message>
    <message>
        <source>Days that finished jobs are kept</source>
        <translation>已完成任务的保留天数</translation>
    </message>
    <message>
        <source>0: for ever. Older jobs leave the ledger with their receipts and what they say about patients; images and what the PACS has are not touched. Jobs that are not finished, or whose failures nobody has settled, stay.</source>
        <translation>0 表示永久保留。更早的任务连同回执和其中的患者信息从台账中删除；影像和 PACS 中的内容不受影响。未完成的任务，以及失败尚未处理的任务，始终保留。</translation>
    </message>
    <message>
        <source>Never show patient data in the log</source>
        <translation>日志中始终不显示患者信息</translation>
    </message>
    <message>
        <source>Receipts without patients</source>
        <translation>回执不含患者信息</translation>
    </message>
    <message>
        <source>Marks stand for names, IDs, accession numbers and paths when a receipt is shown, printed or saved. UIDs stay, so that the PACS administrator can look it up.</source>
        <translation>显示、打印或保存回执时，姓名、ID、检查号和路径以标记代替。UID 保留，便于 PACS 管理员查找。</translation>
    </message>
    <message>
        <source>Port for reports of storage commitment</source>
        <translation>存储承诺报告的端口</translation>
    </message>
    <message>
        <source>Where a PACS says later what it holds of what was sent. 0: none is open; the receiver hears reports in any case while it is on. The PACS administrator must enter it there.</source>
        <translation>PACS 稍后在此端口报告已保存哪些发送的实例。0：不打开端口；接收端开启时总会收取报告。须由 PACS 管理员在 PACS 中登记。</translation>
    </message>
    <message>
        <source>Locks the switch on the page Log. Log files and support bundles are masked in any case, and notifications never name a patient.</source>
        <translation>锁定“日志”页上的开关。日志文件和支持包始终遮蔽，通知中从不出现患者姓名。</translation>
    </message>
</context>
<context>
    <name>SupportFile</name>
    <message>
        <source>Support bundle of Radpost</source>
        <translation>Radpost 支持包</translation>
    </message>
    <message>
        <source>What is in it</source>
        <translation>包含的内容</translation>
    </message>
    <message>
        <source>- versions.txt, system.txt: versions of Radpost and its libraries, operating system, time zone</source>
        <translation>- versions.txt、system.txt：Radpost 及其程序库的版本、操作系统、时区</translation>
    </message>
    <message>
        <source>- settings.toml, destinations.toml: settings and destinations</source>
        <translation>- settings.toml、destinations.toml：设置和目的地</translation>
    </message>
    <message>
        <source>- ledger.txt, schema.sql: how many jobs and deliveries there are and how they stand, causes of failures, and how the ledger is built</source>
        <translation>- ledger.txt、schema.sql：任务和投递的数量与状态、失败原因，以及台账的结构</translation>
    </message>
    <message>
        <source>- log: the recent log, masked</source>
        <translation>- log：近期日志，已遮蔽</translation>
    </message>
    <message>
        <source>- trace.txt, if a destination was traced: what was said on its associations, PDU by PDU, without data sets</source>
        <translation>- trace.txt（如跟踪过某个目的地）：其关联上逐个 PDU 的内容，不含数据集</translation>
    </message>
    <message>
        <source>What is not in it</source>
        <translation>不包含的内容</translation>
    </message>
    <message>
        <source>- images, and anything else from a data set</source>
        <translation>- 影像，以及数据集中的任何其他内容</translation>
    </message>
    <message>
        <source>- names and IDs of patients: paths and UIDs are replaced by marks such as #0123456789 where they are written, and names and IDs of every patient in the ledger were looked for in every file and replaced</source>
        <translation>- 患者姓名和患者 ID：路径和 UID 在写入时已替换为 #0123456789 这样的标记，并在每个文件中查找台账内所有患者的姓名和 ID 并替换</translation>
    </message>
    <message>
        <source>- passcodes, tickets, tokens, user names, private keys, and where these are kept</source>
        <translation>- 口令、票据、令牌、用户名、私钥，以及它们的存放位置</translation>
    </message>
    <message>
        <source>The same text has the same mark on one computer, so that lines can be matched; it cannot be turned back.</source>
        <translation>在同一台计算机上，相同的文字使用相同的标记，便于对照；标记无法还原。</translation>
    </message>
    <message>
        <source>Not looked for, because they are parts of ordinary text: names of one Chinese character or of fewer than three letters, and IDs that are numbers of fewer than four digits.</source>
        <translation>以下内容因属于普通文字而不查找：单个汉字或少于三个字母的姓名，以及少于四位的纯数字 ID。</translation>
    </message>
    <message>
        <source>Please look through the files before you pass them on.</source>
        <translation>转交之前，请先浏览这些文件。</translation>
    </message>
</context>
<context>
    <name>TraceWords</name>
    <message>
        <source>no limit</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>user name</source>
        <translation>用户名</translation>
    </message>
    <message>
        <source>user name and passcode</source>
        <translation>用户名和口令</translation>
    </message>
    <message>
        <source>Kerberos ticket</source>
        <translation>Kerberos 票据</translation>
    </message>
    <message>
        <source>SAML assertion</source>
        <translation>SAML 断言</translation>
    </message>
    <message>
        <source>JSON Web Token</source>
        <translation>JSON Web Token</translation>
    </message>
    <message>
        <source>type %1</source>
        <translation>类型 %1</translation>
    </message>
    <message>
        <source>refused by the user of the service</source>
        <translation>被服务使用方拒绝</translation>
    </message>
    <message>
        <source>refused without a reason</source>
        <translation>被拒绝，未说明原因</translation>
    </message>
    <message>
        <source>refused: the SOP class is not supported</source>
        <translation>被拒绝：不支持该 SOP 类</translation>
    </message>
    <message>
        <source>refused: none of the transfer syntaxes is supported</source>
        <translation>被拒绝：不支持所提议的任何传输语法</translation>
    </message>
    <message>
        <source>refused: result %1</source>
        <translation>被拒绝：结果 %1</translation>
    </message>
    <message>
        <source>Roles for %1: %2</source>
        <translation>%1 的角色：%2</translation>
    </message>
    <message>
        <source>Longest PDU that it takes: no limit</source>
        <translation>可接收的最大 PDU：不限</translation>
    </message>
    <message>
        <source>Longest PDU that it takes: %1 bytes</source>
        <translation>可接收的最大 PDU：%1 字节</translation>
    </message>
    <message>
        <source>Implementation: %1 (%2)</source>
        <translation>实现：%1（%2）</translation>
    </message>
    <message>
        <source>Asynchronous operations: %1 invoked, %2 performed</source>
        <translation>异步操作：发起 %1，执行 %2</translation>
    </message>
    <message>
        <source>Extended negotiation for %1: %2 bytes</source>
        <translation>%1 的扩展协商：%2 字节</translation>
    </message>
    <message>
        <source>Common extended negotiation for %1</source>
        <translation>%1 的通用扩展协商</translation>
    </message>
    <message>
        <source>User identity: %1 (never recorded)</source>
        <translation>用户身份：%1（从不记录内容）</translation>
    </message>
    <message>
        <source>User identity: answered (never recorded)</source>
        <translation>用户身份：已应答（从不记录内容）</translation>
    </message>
    <message>
        <source>Connection with %1</source>
        <translation>与 %1 的连接</translation>
    </message>
    <message numerus="yes">
        <source>A-ASSOCIATE-RQ: %1 calls %2, %n presentation context(s)</source>
        <translation>
            <numerusform>A-ASSOCIATE-RQ：%1 呼叫 %2，%n 个表示上下文</numerusform>
        </translation>
    </message>
    <message>
        <source>Application context: %1</source>
        <translation>应用上下文：%1</translation>
    </message>
    <message>
        <source>Context %1: %2; %3</source>
        <translation>上下文 %1：%2；%3</translation>
    </message>
    <message numerus="yes">
        <source>A-ASSOCIATE-AC: accepted, %1 of %n presentation context(s)</source>
        <translation>
            <numerusform>A-ASSOCIATE-AC：已接受，%n 个表示上下文中的 %1 个</numerusform>
        </translation>
    </message>
    <message>
        <source>accepted with %1</source>
        <translation>已接受，使用 %1</translation>
    </message>
    <message>
        <source>A-ASSOCIATE-RJ: %1</source>
        <translation>A-ASSOCIATE-RJ：%1</translation>
    </message>
    <message>
        <source>Result %1: %2</source>
        <translation>结果 %1：%2</translation>
    </message>
    <message>
        <source>Source %1: %2</source>
        <translation>来源 %1：%2</translation>
    </message>
    <message>
        <source>Reason %1: %2</source>
        <translation>原因 %1：%2</translation>
    </message>
    <message>
        <source>A-ABORT: %1</source>
        <translation>A-ABORT：%1</translation>
    </message>
    <message>
        <source>command %1</source>
        <translation>命令 %1</translation>
    </message>
    <message>
        <source>Status: %1</source>
        <translation>状态：%1</translation>
    </message>
    <message>
        <source>success</source>
        <translation>成功</translation>
    </message>
    <message>
        <source>Status: %1, %2</source>
        <translation>状态：%1，%2</translation>
    </message>
    <message>
        <source>SOP class: %1</source>
        <translation>SOP 类：%1</translation>
    </message>
    <message>
        <source>SOP instance: %1</source>
        <translation>SOP 实例：%1</translation>
    </message>
    <message>
        <source>Event type: %1</source>
        <translation>事件类型：%1</translation>
    </message>
    <message>
        <source>Action type: %1</source>
        <translation>操作类型：%1</translation>
    </message>
    <message>
        <source>Sub-operations left: %1</source>
        <translation>剩余子操作：%1</translation>
    </message>
    <message>
        <source>Sub-operations done: %1</source>
        <translation>已完成子操作：%1</translation>
    </message>
    <message>
        <source>Sub-operations failed: %1</source>
        <translation>失败子操作：%1</translation>
    </message>
    <message>
        <source>Sub-operations with a warning: %1</source>
        <translation>有警告的子操作：%1</translation>
    </message>
    <message>
        <source>Error ID: %1</source>
        <translation>错误编号：%1</translation>
    </message>
    <message>
        <source>Error comment: %1</source>
        <translation>错误说明：%1</translation>
    </message>
    <message>
        <source>Offending elements: %1</source>
        <translation>有问题的元素：%1</translation>
    </message>
    <message>
        <source>P-DATA-TF: %1, message %2, context %3</source>
        <translation>P-DATA-TF：%1，消息 %2，上下文 %3</translation>
    </message>
    <message>
        <source>%1, status %2</source>
        <translation>%1，状态 %2</translation>
    </message>
    <message>
        <source>Move destination: %1</source>
        <translation>C-MOVE 目的地：%1</translation>
    </message>
    <message>
        <source>Move originator: %1</source>
        <translation>C-MOVE 发起方：%1</translation>
    </message>
    <message>
        <source>A data set follows</source>
        <translation>随后有数据集</translation>
    </message>
    <message>
        <source>No data set follows</source>
        <translation>随后没有数据集</translation>
    </message>
    <message numerus="yes">
        <source>%1 bytes in %n fragment(s)</source>
        <translation>
            <numerusform>%1 字节，%n 个片段</numerusform>
        </translation>
    </message>
    <message>
        <source>P-DATA-TF: end of a data set, context %1, %2</source>
        <translation>P-DATA-TF：数据集的末尾，上下文 %1，%2</translation>
    </message>
    <message>
        <source>P-DATA-TF: part of a data set, context %1, %2</source>
        <translation>P-DATA-TF：数据集的一部分，上下文 %1，%2</translation>
    </message>
    <message>
        <source>A PDU of type %1 that cannot be read, %2 bytes</source>
        <translation>类型为 %1 的 PDU 无法解读，%2 字节</translation>
    </message>
    <message>
        <source>What came is not what belongs here</source>
        <translation>收到的内容不应在此出现</translation>
    </message>
    <message>
        <source>Connection closed</source>
        <translation>连接已关闭</translation>
    </message>
    <message>
        <source>Connection ended: %1</source>
        <translation>连接已终止：%1</translation>
    </message>
</context>
<context>
    <name>UnsavedQuestion</name>
    <message>
        <source>What you entered is not saved.</source>
        <translation>填写的内容尚未保存。</translation>
    </message>
    <message>
        <source>Discard it</source>
        <translation>放弃更改</translation>
    </message>
</context>
<context>
    <name>WindowPreset</name>
    <message>
        <source>Soft tissue</source>
        <translation>软组织窗</translation>
    </message>
    <message>
        <source>Lung</source>
        <translation>肺窗</translation>
    </message>
    <message>
        <source>Bone</source>
        <translation>骨窗</translation>
    </message>
    <message>
        <source>Brain</source>
        <translation>脑窗</translation>
    </message>
    <message>
        <source>As in the file</source>
        <translation>文件自带</translation>
    </message>
    <message>
        <source>As in the file (%1)</source>
        <translation>文件自带（%1）</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>All values</source>
        <translation>全部灰阶</translation>
    </message>
</context>
<context>
    <name>radpost::ui::ActivityFilter</name>
    <message>
        <source>Patient, study, accession number or UID</source>
        <translation>患者、检查、检查号或 UID</translation>
    </message>
    <message>
        <source>Search the jobs</source>
        <translation>搜索任务</translation>
    </message>
    <message>
        <source>All destinations</source>
        <translation>全部目的地</translation>
    </message>
    <message>
        <source>Destination</source>
        <translation>目的地</translation>
    </message>
    <message>
        <source>All states</source>
        <translation>全部状态</translation>
    </message>
    <message>
        <source>Needs a person</source>
        <translation>需要处理</translation>
    </message>
    <message>
        <source>Unfinished</source>
        <translation>未完成</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Any time</source>
        <translation>任何时间</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>最近 7 天</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>最近 30 天</translation>
    </message>
    <message>
        <source>From … to …</source>
        <translation>从…到…</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>起始日期</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>结束日期</translation>
    </message>
    <message>
        <source>When it was under way</source>
        <translation>任务进行的时间</translation>
    </message>
    <message>
        <source>Jobs that were made, sent or finished in this time</source>
        <translation>在此期间创建、发送或完成的任务</translation>
    </message>
</context>
<context>
    <name>radpost::ui::ActivityPage</name>
    <message>
        <source>Activity</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Nothing has been sent yet</source>
        <translation>还没有发送过任何内容</translation>
    </message>
    <message>
        <source>Each send becomes a job here: how far it is, how fast, what failed and why, and at the end a receipt that says what arrived. Jobs go on after a restart; nothing is lost.</source>
        <translation>每次发送在此成为一个任务：进度、速度、哪些失败及原因，最后给出说明送达情况的回执。重新启动后任务会继续，不会丢失任何内容。</translation>
    </message>
    <message>
        <source>No job matches</source>
        <translation>没有符合的任务</translation>
    </message>
    <message>
        <source>Change the words, or look in all destinations, states and days.</source>
        <translation>请更改搜索词，或查看全部目的地、状态和日期。</translation>
    </message>
    <message>
        <source>Show all jobs</source>
        <translation>显示全部任务</translation>
    </message>
    <message numerus="yes">
        <source>%n job(s) need your attention</source>
        <translation>
            <numerusform>%n 个任务需要处理</numerusform>
        </translation>
    </message>
    <message>
        <source>No job needs your attention</source>
        <translation>没有任务需要处理</translation>
    </message>
</context>
<context>
    <name>radpost::ui::ArrivalsModel</name>
    <message>
        <source>Patient</source>
        <translation>患者</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Instances</source>
        <translation>实例</translation>
    </message>
    <message>
        <source>From</source>
        <translation>来自</translation>
    </message>
    <message>
        <source>Arrived</source>
        <translation>到达时间</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Instance %1</source>
        <translation>实例 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n instance(s) came again with another content.</source>
        <translation>
            <numerusform>%n 个实例以不同内容再次到达。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>radpost::ui::AssociationsModel</name>
    <message numerus="yes">
        <source>%1, %n failed</source>
        <translation>
            <numerusform>%1，%n 个失败</numerusform>
        </translation>
    </message>
    <message>
        <source>receiving</source>
        <translation>接收中</translation>
    </message>
    <message>
        <source>idle</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>Calling AE title</source>
        <translation>主叫应用实体标题</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>Instances</source>
        <translation>实例</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>状态</translation>
    </message>
</context>
<context>
    <name>radpost::ui::Banner</name>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>radpost::ui::BottomStrip</name>
    <message>
        <source>What moves now</source>
        <translation>当前传输状态</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Go on with the jobs that are not finished</source>
        <translation>继续未完成的任务</translation>
    </message>
    <message numerus="yes">
        <source>%n job(s) not finished</source>
        <translation>
            <numerusform>%n 个任务未完成</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 · %2 waiting</source>
        <translation>%1 · %2 个实例等待中</translation>
    </message>
    <message>
        <source>%1 waiting</source>
        <translation>%1 个实例等待中</translation>
    </message>
    <message>
        <source>Opening the ledger…</source>
        <translation>正在打开台账…</translation>
    </message>
    <message>
        <source>Another Radpost has the ledger</source>
        <translation>台账正被另一个 Radpost 使用</translation>
    </message>
    <message>
        <source>Nothing is being sent</source>
        <translation>当前没有发送任务</translation>
    </message>
    <message numerus="yes">
        <source>%n job(s) running</source>
        <translation>
            <numerusform>%n 个任务进行中</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 instances/s</source>
        <translation>%1 实例/秒</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <source>The ledger is not open</source>
        <translation>台账未打开</translation>
    </message>
    <message>
        <source>Show the jobs</source>
        <translation>显示任务</translation>
    </message>
    <message numerus="yes">
        <source>%n job(s) wait for a destination</source>
        <translation>
            <numerusform>%n 个任务等待目的地</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>radpost::ui::ConditionRow</name>
    <message>
        <source>from</source>
        <translation>从</translation>
    </message>
    <message>
        <source>not</source>
        <translation>非</translation>
    </message>
    <message>
        <source>True when the test is not</source>
        <translation>条件不成立时为真</translation>
    </message>
    <message>
        <source>e.g. BodyPartExamined</source>
        <translation>例如 BodyPartExamined</translation>
    </message>
    <message>
        <source>to</source>
        <translation>到</translation>
    </message>
    <message>
        <source>Capital and small letters are the same</source>
        <translation>不区分大小写</translation>
    </message>
    <message>
        <source>Every value must fit, not just one</source>
        <translation>每个值都须符合，而不只是其中一个</translation>
    </message>
    <message>
        <source>What is looked at</source>
        <translation>判断的内容</translation>
    </message>
    <message>
        <source>How it is compared</source>
        <translation>比较方式</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>To</source>
        <translation>到</translation>
    </message>
    <message>
        <source>Keyword or tag of the attribute</source>
        <translation>属性的关键字或标签</translation>
    </message>
    <message>
        <source>Options of this condition</source>
        <translation>此条件的选项</translation>
    </message>
    <message>
        <source>Remove this condition</source>
        <translation>删除此条件</translation>
    </message>
</context>
<context>
    <name>radpost::ui::ConnectedList</name>
    <message>
        <source>Connected now</source>
        <translation>当前连接</translation>
    </message>
    <message>
        <source>Associations that are open now</source>
        <translation>当前打开的关联</translation>
    </message>
    <message>
        <source>Nobody is connected. Senders may come at any time.</source>
        <translation>当前无连接，发送方可随时连接。</translation>
    </message>
    <message>
        <source>Nobody can connect while receiving is off.</source>
        <translation>接收关闭时无法连接。</translation>
    </message>
</context>
<context>
    <name>radpost::ui::DayCard</name>
    <message numerus="yes">
        <source>%n job(s)</source>
        <translation>
            <numerusform>%n 个任务</numerusform>
        </translation>
    </message>
    <message>
        <source>Show more of this day</source>
        <translation>显示当天更多任务</translation>
    </message>
</context>
<context>
    <name>radpost::ui::DestinationCard</name>
    <message>
        <source>Hide the steps of the test</source>
        <translation>隐藏测试步骤</translation>
    </message>
    <message>
        <source>Show the steps of the test</source>
        <translation>显示测试步骤</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Test (C-ECHO)</source>
        <translation>测试 (C-ECHO)</translation>
    </message>
    <message>
        <source>Cancel the test of %1</source>
        <translation>取消对 %1 的测试</translation>
    </message>
    <message>
        <source>Test %1</source>
        <translation>测试 %1</translation>
    </message>
    <message>
        <source>The connection is encrypted (TLS)</source>
        <translation>连接已加密（TLS）</translation>
    </message>
    <message>
        <source>Edit %1</source>
        <translation>编辑 %1</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>删除 %1</translation>
    </message>
</context>
<context>
    <name>radpost::ui::DestinationEditor</name>
    <message>
        <source>Add a destination</source>
        <translation>添加目的地</translation>
    </message>
    <message>
        <source>Edit %1</source>
        <translation>编辑 %1</translation>
    </message>
    <message>
        <source>Back to the destinations</source>
        <translation>返回目的地列表</translation>
    </message>
    <message>
        <source>Add destination</source>
        <translation>添加目的地</translation>
    </message>
    <message>
        <source>Save changes</source>
        <translation>保存更改</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Examines what is entered here, before it is saved. No image is sent.</source>
        <translation>保存前先测试此处填写的内容，不发送任何影像。</translation>
    </message>
    <message>
        <source>Cancel the test</source>
        <translation>取消测试</translation>
    </message>
    <message>
        <source>Test (C-ECHO)</source>
        <translation>测试 (C-ECHO)</translation>
    </message>
</context>
<context>
    <name>radpost::ui::DestinationForm</name>
    <message>
        <source>Another destination has this name already.</source>
        <translation>已有同名的目的地。</translation>
    </message>
    <message>
        <source>Certificate and key go together: give both, or neither.</source>
        <translation>证书和私钥须成对：都填写，或都留空。</translation>
    </message>
    <message>
        <source>The first wait cannot be longer than the longest one.</source>
        <translation>首次等待不能长于最长等待。</translation>
    </message>
    <message>
        <source>This is needed for the kind of identity that is chosen.</source>
        <translation>所选身份标识方式需要填写此项。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; has the same address already.</source>
        <translation>“%1”已使用相同的地址。</translation>
    </message>
</context>
<context>
    <name>radpost::ui::DestinationListModel</name>
    <message>
        <source>Not tested yet</source>
        <translation>尚未测试</translation>
    </message>
    <message>
        <source>Waits for its turn…</source>
        <translation>排队等待测试…</translation>
    </message>
    <message>
        <source>Being tested…</source>
        <translation>正在测试…</translation>
    </message>
    <message>
        <source>Works · round trip %1 · tested at %2</source>
        <translation>正常 · 往返 %1 · 测试于 %2</translation>
    </message>
    <message>
        <source>Works, with a note · round trip %1 · tested at %2</source>
        <translation>可用，有提示 · 往返 %1 · 测试于 %2</translation>
    </message>
    <message>
        <source>Does not work · tested at %1</source>
        <translation>不可用 · 测试于 %1</translation>
    </message>
    <message>
        <source>The test was cancelled</source>
        <translation>测试已取消</translation>
    </message>
    <message>
        <source>Nothing sent in 24 h</source>
        <translation>24 小时内没有发送</translation>
    </message>
    <message>
        <source>%1 delivered in 24 h</source>
        <translation>24 小时内送达 %1 个实例</translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>失败 %1</translation>
    </message>
    <message>
        <source>Works · images arrived at %1</source>
        <translation>可用 · 影像送达于 %1</translation>
    </message>
    <message>
        <source>Does not work: %1 · tested at %2</source>
        <translation>不可用：%1 · 测试于 %2</translation>
    </message>
</context>
<context>
    <name>radpost::ui::DestinationPicker</name>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Destinations: %1</source>
        <translation>目的地：%1</translation>
    </message>
</context>
<context>
    <name>radpost::ui::DestinationsPage</name>
    <message>
        <source>Destinations</source>
        <translation>目的地</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search the destinations</source>
        <translation>搜索目的地</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Import from a file…</source>
        <translation>从文件导入…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Add destination</source>
        <translation>添加目的地</translation>
    </message>
    <message>
        <source>No destination has this in its name</source>
        <translation>没有名称匹配的目的地</translation>
    </message>
    <message>
        <source>Change the text in the search field.</source>
        <translation>请修改搜索内容。</translation>
    </message>
    <message>
        <source>The destinations cannot be read</source>
        <translation>无法读取目的地</translation>
    </message>
    <message>
        <source>They are in the configuration file, which has faults. Mend it; then read it again.</source>
        <translation>目的地保存在配置文件中，而该文件有误。请先改正，再重新读取。</translation>
    </message>
    <message>
        <source>Where should images go?</source>
        <translation>影像要发送到哪里？</translation>
    </message>
    <message>
        <source>A destination is a PACS, a workstation or an archive that takes DICOM images. Ask its administrator for three things: the host name or IP address, the port, and the AE title. Then test it here before anything is sent.</source>
        <translation>目的地（节点）是接收 DICOM 影像的 PACS、工作站或归档系统。请向其管理员索取三项信息：主机名或 IP 地址、端口和应用实体标题（AE Title）。发送之前，先在这里测试。</translation>
    </message>
    <message numerus="yes">
        <source>%n destination(s)</source>
        <translation>
            <numerusform>%n 个目的地</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancel tests</source>
        <translation>取消测试</translation>
    </message>
    <message>
        <source>Test all</source>
        <translation>全部测试</translation>
    </message>
    <message>
        <source>&quot;%1&quot; was removed.</source>
        <translation>已删除“%1”。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message numerus="yes">
        <source>%n destination(s) added.</source>
        <translation>
            <numerusform>已添加 %n 个目的地。</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was imported from %1.</source>
        <translation>未从 %1 导入任何内容。</translation>
    </message>
    <message>
        <source>The destinations were written to %1.</source>
        <translation>目的地已写入 %1。</translation>
    </message>
    <message>
        <source>References to secrets are in the file; secrets never are.</source>
        <translation>文件中只有口令和令牌的引用，绝不包含其本身。</translation>
    </message>
    <message>
        <source>Import destinations</source>
        <translation>导入目的地</translation>
    </message>
    <message>
        <source>Destinations (*.csv *.toml)</source>
        <translation>目的地 (*.csv *.toml)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Export destinations</source>
        <translation>导出目的地</translation>
    </message>
    <message>
        <source>Table for spreadsheets (*.csv)</source>
        <translation>电子表格 (*.csv)</translation>
    </message>
    <message>
        <source>Configuration (*.toml)</source>
        <translation>配置文件 (*.toml)</translation>
    </message>
</context>
<context>
    <name>radpost::ui::DoctorView</name>
    <message>
        <source>passed</source>
        <translation>通过</translation>
    </message>
    <message>
        <source>with a note</source>
        <translation>有提示</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>not done</source>
        <translation>未执行</translation>
    </message>
    <message>
        <source>Steps of the test</source>
        <translation>测试步骤</translation>
    </message>
    <message>
        <source>Copy for the administrator</source>
        <translation>复制给管理员</translation>
    </message>
    <message>
        <source>running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>to come</source>
        <translation>待执行</translation>
    </message>
    <message>
        <source>The test failed</source>
        <translation>测试失败</translation>
    </message>
    <message>
        <source>What it means: %1</source>
        <translation>含义：%1</translation>
    </message>
    <message>
        <source>What to do: %1</source>
        <translation>处理办法：%1</translation>
    </message>
    <message>
        <source>Copied, in Chinese and English</source>
        <translation>已复制（中英文）</translation>
    </message>
</context>
<context>
    <name>radpost::ui::DropZone</name>
    <message>
        <source>Drop folders, ZIP files or a CD here</source>
        <translation>将文件夹、ZIP 文件或光盘拖到这里</translation>
    </message>
    <message>
        <source>Radpost finds the DICOM images in them, whatever the files are called, and shows what is there before anything is sent.</source>
        <translation>无论文件名是什么，Radpost 都能找出其中的 DICOM 影像，并在发送前显示内容。</translation>
    </message>
    <message>
        <source>Drop more here at any time.</source>
        <translation>可随时拖入更多内容。</translation>
    </message>
    <message>
        <source>Add folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>添加文件…</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>Add disc</source>
        <translation>添加光盘</translation>
    </message>
    <message>
        <source>Discs and USB sticks with a DICOMDIR that are in this computer now</source>
        <translation>当前插在本机上、含有 DICOMDIR 的光盘和 U 盘</translation>
    </message>
    <message>
        <source>Drop the next here: it takes the place of what is shown.</source>
        <translation>将下一批拖放到此处：它将取代当前显示的内容。</translation>
    </message>
</context>
<context>
    <name>radpost::ui::FailureList</name>
    <message>
        <source>Retry these</source>
        <translation>重试这些</translation>
    </message>
    <message>
        <source>Retry these: %1</source>
        <translation>重试这些：%1</translation>
    </message>
    <message>
        <source>Another Radpost sends; this window is read-only.</source>
        <translation>另一个 Radpost 正在发送；此窗口为只读。</translation>
    </message>
</context>
<context>
    <name>radpost::ui::FieldForm</name>
    <message>
        <source>This is needed: %1.</source>
        <translation>此项必填：%1。</translation>
    </message>
    <message>
        <source>This must be %1.</source>
        <translation>此项必须是%1。</translation>
    </message>
</context>
<context>
    <name>radpost::ui::FieldRow</name>
    <message>
        <source>Browse…</source>
        <translation>浏览…</translation>
    </message>
    <message>
        <source>Browse for: %1</source>
        <translation>浏览：%1</translation>
    </message>
    <message>
        <source>auto</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>unlimited</source>
        <translation>不限</translation>
    </message>
</context>
<context>
    <name>radpost::ui::FirstStart</name>
    <message>
        <source>Welcome to Radpost</source>
        <translation>欢迎使用 Radpost</translation>
    </message>
    <message>
        <source>What is this workstation called?</source>
        <translation>本工作站叫什么？</translation>
    </message>
    <message>
        <source>Where should images go?</source>
        <translation>影像要发送到哪里？</translation>
    </message>
    <message>
        <source>It sends images to a PACS and shows what arrived. Three short questions, then it is ready; every answer can be changed later.</source>
        <translation>Radpost 将影像发送到 PACS，并显示哪些已送达。回答三个简短的问题即可开始使用；所有回答以后都可以更改。</translation>
    </message>
    <message>
        <source>DICOM systems know each other by their AE titles. Ask the PACS administrator which one this workstation has, or keep this one and tell it to them.</source>
        <translation>DICOM 系统之间以应用实体标题相互识别。请向 PACS 管理员询问本工作站的应用实体标题；也可以沿用下面的名称，并告知管理员。</translation>
    </message>
    <message>
        <source>Enter what the PACS administrator gave you, and test it before it is saved. No image is sent.</source>
        <translation>请填写 PACS 管理员提供的信息，保存前可先测试。测试不会发送影像。</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Encryption (TLS), user identity and limits are set later, under Destinations.</source>
        <translation>加密（TLS）、用户身份和各项限制以后可在“目的地”中设置。</translation>
    </message>
    <message>
        <source>Question %1 of %2</source>
        <translation>第 %1 问，共 %2 问</translation>
    </message>
    <message>
        <source>Add destination and begin</source>
        <translation>添加目的地并开始使用</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Begin without a destination</source>
        <translation>暂不添加目的地，直接开始</translation>
    </message>
    <message>
        <source>Skip the questions</source>
        <translation>跳过这些问题</translation>
    </message>
    <message>
        <source>Cancel the test</source>
        <translation>取消测试</translation>
    </message>
    <message>
        <source>Test (C-ECHO)</source>
        <translation>测试 (C-ECHO)</translation>
    </message>
    <message>
        <source>The answers were not saved.</source>
        <translation>回答未能保存。</translation>
    </message>
    <message>
        <source>Go on without saving</source>
        <translation>不保存，继续</translation>
    </message>
</context>
<context>
    <name>radpost::ui::FolderWork</name>
    <message>
        <source>There is no destination yet</source>
        <translation>还没有目的地</translation>
    </message>
    <message>
        <source>Studies that arrived</source>
        <translation>已收到的检查</translation>
    </message>
    <message>
        <source>Send on to</source>
        <translation>转发到</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Nothing has arrived yet</source>
        <translation>尚未收到任何检查</translation>
    </message>
    <message>
        <source>Switch receiving on, and give the engineer of the scanner the AE title, address and port from the right.</source>
        <translation>请开启接收，并把右侧的应用实体标题、地址和端口提供给设备工程师。</translation>
    </message>
    <message>
        <source>No study matches</source>
        <translation>没有匹配的检查</translation>
    </message>
    <message>
        <source>Change the words, or look at everything.</source>
        <translation>请更改搜索词，或查看全部。</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search what arrived</source>
        <translation>搜索已收到的检查</translation>
    </message>
    <message>
        <source>Arrived</source>
        <translation>已收到</translation>
    </message>
    <message numerus="yes">
        <source>Arrived: %n study(ies)</source>
        <translation>
            <numerusform>已收到 %n 个检查</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, the newest %2 below</source>
        <translation>%1，下面为最新的 %2 个</translation>
    </message>
    <message>
        <source>%1 · reading the folder…</source>
        <translation>%1 · 正在读取文件夹…</translation>
    </message>
    <message>
        <source>The ledger is not open for sending.</source>
        <translation>台账未打开，无法发送。</translation>
    </message>
    <message>
        <source>Choose studies in the list first.</source>
        <translation>请先在列表中选择检查。</translation>
    </message>
    <message numerus="yes">
        <source>%n received study(ies)</source>
        <translation>
            <numerusform>%n 个收到的检查</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>radpost::ui::FoundStudiesModel</name>
    <message>
        <source>Patient</source>
        <translation>患者</translation>
    </message>
    <message>
        <source>Patient ID</source>
        <translation>患者 ID</translation>
    </message>
    <message>
        <source>Born</source>
        <translation>出生日期</translation>
    </message>
    <message>
        <source>Study date</source>
        <translation>检查日期</translation>
    </message>
    <message>
        <source>Modality</source>
        <translation>设备类型</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>Accession number</source>
        <translation>检查号</translation>
    </message>
    <message>
        <source>Instances</source>
        <translation>实例</translation>
    </message>
</context>
<context>
    <name>radpost::ui::GroupEditor</name>
    <message>
        <source>Tick one destination at least.</source>
        <translation>请至少勾选一个目的地。</translation>
    </message>
    <message>
        <source>Add a group</source>
        <translation>添加组</translation>
    </message>
    <message>
        <source>Edit %1</source>
        <translation>编辑 %1</translation>
    </message>
    <message>
        <source>Back to the rules</source>
        <translation>返回规则列表</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Add group</source>
        <translation>添加组</translation>
    </message>
    <message>
        <source>Save changes</source>
        <translation>保存更改</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Who gets it</source>
        <translation>由谁接收</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>成员</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>In this order.</source>
        <translation>按此顺序。</translation>
    </message>
    <message>
        <source>A study that is shared out stays together as long as its member can be reached.</source>
        <translation>分配出去的检查不会拆开，只要其成员可连通。</translation>
    </message>
</context>
<context>
    <name>radpost::ui::GroupListModel</name>
    <message>
        <source>Group</source>
        <translation>组</translation>
    </message>
    <message>
        <source>How</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>成员</translation>
    </message>
</context>
<context>
    <name>radpost::ui::JobCard</name>
    <message>
        <source>More for %1</source>
        <translation>%1 的更多操作</translation>
    </message>
    <message>
        <source>Hide the studies</source>
        <translation>隐藏检查</translation>
    </message>
    <message>
        <source>Show the studies</source>
        <translation>显示检查</translation>
    </message>
    <message>
        <source>Another Radpost sends; this window is read-only.</source>
        <translation>另一个 Radpost 正在发送；此窗口为只读。</translation>
    </message>
</context>
<context>
    <name>radpost::ui::JobDetails</name>
    <message>
        <source>Studies, series and instances of the job</source>
        <translation>任务的检查、序列和实例</translation>
    </message>
</context>
<context>
    <name>radpost::ui::JobMenu</name>
    <message>
        <source>Open receipt</source>
        <translation>打开回执</translation>
    </message>
    <message>
        <source>Export receipt…</source>
        <translation>导出回执…</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Mark the failures as settled</source>
        <translation>将失败标记为已处理</translation>
    </message>
    <message numerus="yes">
        <source>Cancel %n instance(s) not sent yet</source>
        <translation>
            <numerusform>取消 %n 个尚未发送的实例</numerusform>
        </translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>First</source>
        <translation>优先</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>普通</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>最后</translation>
    </message>
    <message>
        <source>Send again to</source>
        <translation>重新发送到</translation>
    </message>
    <message>
        <source>Mark the unreadable files as settled</source>
        <translation>将无法读取的文件标记为已处理</translation>
    </message>
    <message>
        <source>Another Radpost sends; this window is read-only.</source>
        <translation>另一个 Radpost 正在发送；此窗口为只读。</translation>
    </message>
</context>
<context>
    <name>radpost::ui::JobTreeModel</name>
    <message>
        <source>Study, series, instance</source>
        <translation>检查、序列、实例</translation>
    </message>
    <message>
        <source>Instances</source>
        <translation>实例</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>已发送</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message numerus="yes">
        <source>%n to be sent</source>
        <translation>
            <numerusform>待发送 %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>radpost::ui::KeyboardHelp</name>
    <message>
        <source>Keyboard</source>
        <translation>键盘</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>%1, %2, …</source>
        <translation>%1、%2、…</translation>
    </message>
    <message>
        <source>The pages, from the top</source>
        <translation>切换页面（从上到下）</translation>
    </message>
    <message>
        <source>Send: add files</source>
        <translation>发送：添加文件</translation>
    </message>
    <message>
        <source>Send: add a folder</source>
        <translation>发送：添加文件夹</translation>
    </message>
    <message>
        <source>Send: tick or untick what is selected</source>
        <translation>发送：勾选或取消勾选所选项</translation>
    </message>
    <message>
        <source>Send: send what is ticked</source>
        <translation>发送：发送已勾选的内容</translation>
    </message>
    <message>
        <source>The next button or field</source>
        <translation>下一个按钮或输入框</translation>
    </message>
    <message>
        <source>Back, without a change</source>
        <translation>返回，不作更改</translation>
    </message>
    <message>
        <source>This list</source>
        <translation>显示本列表</translation>
    </message>
    <message>
        <source>Query: search</source>
        <translation>查询：开始查询</translation>
    </message>
    <message>
        <source>Log: copy the selected lines</source>
        <translation>日志：复制所选的行</translation>
    </message>
    <message>
        <source>Search on this page</source>
        <translation>搜索当前页面</translation>
    </message>
    <message>
        <source>Alt</source>
        <translation>Alt</translation>
    </message>
    <message>
        <source>Shows a key for each button and field; with Alt, the key works at once</source>
        <translation>显示每个按钮和字段的按键；按住 Alt 再按该键即可操作</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Rules: move what is selected up or down</source>
        <translation>规则：上移或下移所选规则</translation>
    </message>
    <message>
        <source>Rules: remove what is selected</source>
        <translation>规则：删除所选规则</translation>
    </message>
</context>
<context>
    <name>radpost::ui::LeftOutModel</name>
    <message>
        <source>%1 – same instance as %2</source>
        <translation>%1 – 与 %2 为同一实例</translation>
    </message>
    <message>
        <source>Identical copies: sent once.</source>
        <translation>完全相同的副本：只发送一次。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) left out</source>
        <translation>
            <numerusform>%Ln 个文件不发送</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) could not be read</source>
        <translation>
            <numerusform>%Ln 个文件无法读取</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left out</source>
        <translation>
            <numerusform>%Ln 个不发送</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>radpost::ui::LogFilterBar</name>
    <message>
        <source>Search the log</source>
        <translation>搜索日志</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Warnings and errors</source>
        <translation>警告和错误</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>级别</translation>
    </message>
    <message>
        <source>All destinations</source>
        <translation>所有目的地</translation>
    </message>
    <message>
        <source>Destination</source>
        <translation>目的地</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Number of the job</source>
        <translation>任务编号</translation>
    </message>
</context>
<context>
    <name>radpost::ui::LogModel</name>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>级别</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Destination</source>
        <translation>目的地</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>事件</translation>
    </message>
</context>
<context>
    <name>radpost::ui::LogPage</name>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>The support bundle was not saved.</source>
        <translation>支持包未保存。</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Trace</source>
        <translation>跟踪</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>What was said on the associations</source>
        <translation>关联上的通信内容</translation>
    </message>
    <message>
        <source>Follow what is new</source>
        <translation>跟随最新内容</translation>
    </message>
    <message>
        <source>Nothing has happened yet</source>
        <translation>还没有任何记录</translation>
    </message>
    <message>
        <source>What Radpost does and what goes wrong is told here as it happens: jobs, destinations, the receiver.</source>
        <translation>Radpost 所做的事情和出现的问题会即时记录在这里：任务、目的地、接收。</translation>
    </message>
    <message>
        <source>No line matches</source>
        <translation>没有匹配的记录</translation>
    </message>
    <message>
        <source>Change the words, or look at everything.</source>
        <translation>请更改搜索词，或查看全部记录。</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Nothing was said yet</source>
        <translation>还没有通信内容</translation>
    </message>
    <message>
        <source>As soon as an association with the destination is opened, each PDU stands here. Send something to it, or test it on the page Destinations.</source>
        <translation>与该目的地建立关联后，每个 PDU 都会列在这里。请向它发送内容，或在“目的地”页面测试它。</translation>
    </message>
    <message>
        <source>Patient data</source>
        <translation>患者数据</translation>
    </message>
    <message>
        <source>Show patient data in this list</source>
        <translation>在列表中显示患者数据</translation>
    </message>
    <message>
        <source>Paths, UIDs and what a destination wrote are replaced by marks: the same mark, the same text. Switched on, this window shows them until Radpost ends. Files and support bundles stay masked.</source>
        <translation>路径、UID 以及目的地返回的文字均以标记代替：标记相同，文字就相同。开启后，本窗口会显示原文，直到 Radpost 退出；日志文件和支持包始终保持遮蔽。</translation>
    </message>
    <message>
        <source>Log files</source>
        <translation>日志文件</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>The log is kept in memory only.</source>
        <translation>日志仅保存在内存中。</translation>
    </message>
    <message>
        <source>Masked, in %1</source>
        <translation>已遮蔽，位于 %1</translation>
    </message>
    <message>
        <source>The log cannot be written to its files.</source>
        <translation>无法写入日志文件。</translation>
    </message>
    <message>
        <source>No destination was traced yet.</source>
        <translation>尚未跟踪任何目的地。</translation>
    </message>
    <message>
        <source>Copy records</source>
        <translation>复制记录</translation>
    </message>
    <message>
        <source>Copy lines</source>
        <translation>复制行</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>正在保存…</translation>
    </message>
    <message>
        <source>Save support bundle…</source>
        <translation>保存支持包…</translation>
    </message>
    <message>
        <source>The newest %1 of %2 lines; older ones are in the files</source>
        <translation>共 %2 行，显示最新的 %1 行；更早的在日志文件中</translation>
    </message>
    <message>
        <source>Save a support bundle</source>
        <translation>保存支持包</translation>
    </message>
    <message>
        <source>ZIP archive (*.zip)</source>
        <translation>ZIP 压缩包 (*.zip)</translation>
    </message>
    <message>
        <source>The support bundle was saved as %1 (%2).</source>
        <translation>支持包已保存为 %1（%2）。</translation>
    </message>
    <message>
        <source>The ledger could not be read: names and IDs of its patients were not looked for. Please look through the files before you pass them on.</source>
        <translation>无法读取台账，因此没有查找其中患者的姓名和 ID。转交之前，请先浏览这些文件。</translation>
    </message>
    <message>
        <source>It holds no images, no passcodes and no patient that the ledger knows. README.txt in it says what it holds.</source>
        <translation>其中没有影像，没有口令，也没有台账内的任何患者信息。包内的 README.txt 说明了具体内容。</translation>
    </message>
    <message>
        <source>Paths, UIDs and what a destination wrote are replaced by marks: the same mark, the same text. The settings keep it so.</source>
        <translation>路径、UID 和目的地返回的文字以标记代替：标记相同，内容相同。设置中已锁定。</translation>
    </message>
    <message>
        <source>It was to be written to %1.</source>
        <translation>本应写入 %1。</translation>
    </message>
</context>
<context>
    <name>radpost::ui::MainWindow</name>
    <message>
        <source>Radpost</source>
        <translation>Radpost</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>The configuration file has faults; nothing in it is used or changed.</source>
        <translation>配置文件有误；其中的内容未被使用，也未被更改。</translation>
    </message>
    <message>
        <source>Read it again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>Destinations can be tested and changed here; sending works again when the other one has ended.</source>
        <translation>目的地仍可测试和修改；待另一个 Radpost 结束后即可发送。</translation>
    </message>
    <message>
        <source>Another Radpost is using the ledger. This window is read-only.</source>
        <translation>台账正被另一个 Radpost 使用，本窗口为只读。</translation>
    </message>
</context>
<context>
    <name>radpost::ui::NavigationRail</name>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message numerus="yes">
        <source>%n need(s) attention</source>
        <translation>
            <numerusform>%n 项需要处理</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>radpost::ui::PreviewNotice</name>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
</context>
<context>
    <name>radpost::ui::QueryPage</name>
    <message>
        <source>Query</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>Find studies in a PACS, and have them sent here or to another node</source>
        <translation>在 PACS 中查找检查，并让其发送到本机或其他节点</translation>
    </message>
    <message>
        <source>The beginning is enough</source>
        <translation>输入开头即可</translation>
    </message>
    <message>
        <source>Send to</source>
        <translation>发送到</translation>
    </message>
    <message>
        <source>Fetch here</source>
        <translation>取回本机</translation>
    </message>
    <message>
        <source>Studies that were found</source>
        <translation>找到的检查</translation>
    </message>
    <message>
        <source>Studies on their way</source>
        <translation>正在传输的检查</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Any</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>最近 7 天</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>最近 30 天</translation>
    </message>
    <message>
        <source>There is no other destination</source>
        <translation>没有其他目的地</translation>
    </message>
    <message>
        <source>%1 could not be searched.</source>
        <translation>无法查询 %1。</translation>
    </message>
    <message>
        <source>Only the first %1 studies are shown.</source>
        <translation>只显示前 %1 个检查。</translation>
    </message>
    <message>
        <source>Narrow the search by a name, an ID, a date or a modality.</source>
        <translation>请用姓名、ID、日期或设备类型缩小范围。</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>No PACS to search yet</source>
        <translation>还没有可查询的 PACS</translation>
    </message>
    <message>
        <source>Enter one as a destination; the same address serves both.</source>
        <translation>请先添加为目的地；查询与发送使用同一地址。</translation>
    </message>
    <message>
        <source>Searching %1…</source>
        <translation>正在查询 %1……</translation>
    </message>
    <message>
        <source>No study matches</source>
        <translation>没有匹配的检查</translation>
    </message>
    <message>
        <source>Try another date, or fewer letters of the name.</source>
        <translation>请换一个日期，或少输入几个字。</translation>
    </message>
    <message>
        <source>Search for studies</source>
        <translation>查询检查</translation>
    </message>
    <message>
        <source>Choose a PACS, enter what you know of the patient or the date, and press Enter.</source>
        <translation>选择 PACS，输入已知的患者信息或日期，然后按回车键。</translation>
    </message>
    <message numerus="yes">
        <source>%n study(ies)</source>
        <translation>
            <numerusform>%n 个检查</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 · searching…</source>
        <translation>%1 · 正在查询……</translation>
    </message>
    <message>
        <source>There is no folder yet for what is fetched.</source>
        <translation>还没有存放取回内容的文件夹。</translation>
    </message>
    <message>
        <source>Choose the folder of the receiver; fetched studies go there, too.</source>
        <translation>请选择接收文件夹；取回的检查也存放在那里。</translation>
    </message>
    <message>
        <source>Choose it</source>
        <translation>去选择</translation>
    </message>
    <message>
        <source>The study of %1 did not come.</source>
        <translation>%1 的检查未能取回。</translation>
    </message>
    <message numerus="yes">
        <source>%n instance(s) of %1 are here.</source>
        <translation>
            <numerusform>%1 的 %n 个实例已到本机。</numerusform>
        </translation>
    </message>
    <message>
        <source>Put them on the Send page</source>
        <translation>放到“发送”页</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>e.g. CT</source>
        <translation>例如 CT</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 及另外 %n 位患者</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n study(ies) did not come, or not completely.</source>
        <translation>
            <numerusform>%n 个检查未到达或不完整。</numerusform>
        </translation>
    </message>
    <message>
        <source>The study of %1 did not come completely.</source>
        <translation>%1 的检查未完整到达。</translation>
    </message>
    <message>
        <source>The PACS sent fewer instances than it has, or some failed.</source>
        <translation>PACS 发送的实例少于它所拥有的，或部分实例传输失败。</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>查询的 PACS</translation>
    </message>
    <message>
        <source>Patient name</source>
        <translation>患者姓名</translation>
    </message>
    <message>
        <source>Patient ID</source>
        <translation>患者 ID</translation>
    </message>
    <message>
        <source>Accession number</source>
        <translation>检查号</translation>
    </message>
    <message>
        <source>Modality</source>
        <translation>设备类型</translation>
    </message>
    <message>
        <source>Study date</source>
        <translation>检查日期</translation>
    </message>
    <message>
        <source>The PACS has nothing under this UID.</source>
        <translation>PACS 中没有此 UID 的内容。</translation>
    </message>
    <message>
        <source>The PACS does not say what kinds of instances it has. Radpost offered every kind of the Standard, but only everyday images compressed: what failed may be compressed or of a private kind. &quot;Send to&quot; has the PACS send the study to another node.</source>
        <translation>PACS 没有说明它有哪些类型（SOP 类）的实例。Radpost 已提议标准中的全部类型，但仅对常用影像提议压缩传输语法：失败的实例可能是压缩的或私有类型的。可用“发送到”让 PACS 把检查发送到其他节点。</translation>
    </message>
    <message>
        <source>From</source>
        <translation>从</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>起始日期</translation>
    </message>
    <message>
        <source>A day…</source>
        <translation>某一天…</translation>
    </message>
    <message>
        <source>From … to …</source>
        <translation>从 … 至 …</translation>
    </message>
    <message>
        <source>to</source>
        <translation>至</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>结束日期</translation>
    </message>
    <message>
        <source>Add a destination</source>
        <translation>添加目的地</translation>
    </message>
    <message>
        <source>Transfers</source>
        <translation>传输</translation>
    </message>
</context>
<context>
    <name>radpost::ui::RateGraph</name>
    <message>
        <source>The last minute: bytes as an area, at most %1; instances as a line, at most %2 a second</source>
        <translation>最近一分钟：面积为数据量，最高 %1；折线为实例，最高每秒 %2 个</translation>
    </message>
</context>
<context>
    <name>radpost::ui::ReceiptView</name>
    <message>
        <source>Receipt</source>
        <translation>回执</translation>
    </message>
    <message>
        <source>Job %1</source>
        <translation>任务 %1</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>打印…</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Only the beginning of long lists is shown; a saved file holds all.</source>
        <translation>长列表只显示开头；保存的文件包含全部内容。</translation>
    </message>
    <message>
        <source>The receipt was copied as text.</source>
        <translation>回执已复制为文本。</translation>
    </message>
    <message>
        <source>Nothing was printed.</source>
        <translation>没有打印任何内容。</translation>
    </message>
    <message>
        <source>Save the receipt</source>
        <translation>保存回执</translation>
    </message>
    <message>
        <source>Document (*.pdf)</source>
        <translation>文档 (*.pdf)</translation>
    </message>
    <message>
        <source>Web page (*.html)</source>
        <translation>网页 (*.html)</translation>
    </message>
    <message>
        <source>Table for spreadsheets (*.csv)</source>
        <translation>电子表格 (*.csv)</translation>
    </message>
    <message>
        <source>For programs (*.json)</source>
        <translation>供程序使用 (*.json)</translation>
    </message>
    <message>
        <source>The name must end in .pdf, .html, .csv or .json.</source>
        <translation>文件名须以 .pdf、.html、.csv 或 .json 结尾。</translation>
    </message>
    <message>
        <source>The receipt was not saved.</source>
        <translation>回执未保存。</translation>
    </message>
    <message>
        <source>The receipt was saved as %1.</source>
        <translation>回执已保存为 %1。</translation>
    </message>
</context>
<context>
    <name>radpost::ui::ReceiveForm</name>
    <message>
        <source>Holds when receiving is switched off and on again.</source>
        <translation>关闭并重新开启接收后生效。</translation>
    </message>
    <message>
        <source>Folder for what arrives</source>
        <translation>接收文件夹</translation>
    </message>
    <message>
        <source>AE title of the receiver</source>
        <translation>接收端应用实体标题</translation>
    </message>
    <message>
        <source>Empty: any name is answered. Else senders have to use exactly this one.</source>
        <translation>留空：任意名称均应答；否则发送方必须使用此名称。</translation>
    </message>
    <message>
        <source>any</source>
        <translation>任意</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>An image is confirmed when</source>
        <translation>何时确认收到影像</translation>
    </message>
    <message>
        <source>Receive as soon as Radpost starts</source>
        <translation>Radpost 启动时即开启接收</translation>
    </message>
    <message>
        <source>The configuration file names listeners of its own ([[listener]]); they come first.</source>
        <translation>配置文件中另有监听端口（[[listener]]），以其为准。</translation>
    </message>
    <message>
        <source>May send here</source>
        <translation>允许发送到此处</translation>
    </message>
    <message>
        <source>Who is refused stands on this page and can be admitted there.</source>
        <translation>被拒绝的设备显示在本页，可在此准入。</translation>
    </message>
    <message>
        <source>Keep what is delivered for</source>
        <translation>送达后保留时间</translation>
    </message>
    <message>
        <source>For example 168h. What is not delivered stays in any case.</source>
        <translation>例如 168h。未送达的始终保留。</translation>
    </message>
    <message>
        <source>For example 1 GiB. Below it senders are refused; nothing is lost.</source>
        <translation>例如 1 GiB。低于此值时拒绝发送方；不会丢失任何影像。</translation>
    </message>
    <message>
        <source>&quot;unlimited&quot;, or for example 500 GiB.</source>
        <translation>“unlimited”（不限），或例如 500 GiB。</translation>
    </message>
    <message>
        <source>Empty: in the data folder of Radpost.</source>
        <translation>留空：位于 Radpost 的数据文件夹中。</translation>
    </message>
    <message>
        <source>What arrives</source>
        <translation>收到的影像</translation>
    </message>
    <message>
        <source>Folder for plain files</source>
        <translation>普通文件的文件夹</translation>
    </message>
    <message>
        <source>What the Query page fetches goes there, and what arrives if it is saved as plain files.</source>
        <translation>“查询”页面取回的检查存放于此；选择以普通文件保存时，收到的影像也存放于此。</translation>
    </message>
    <message>
        <source>The system has it (faster)</source>
        <translation>已交给操作系统（较快）</translation>
    </message>
    <message>
        <source>It is on the disk (safest)</source>
        <translation>已写入磁盘（最安全）</translation>
    </message>
    <message>
        <source>Is saved as plain files in a folder</source>
        <translation>以普通文件保存到文件夹</translation>
    </message>
    <message>
        <source>Is kept and sent on by the rules</source>
        <translation>保存并按规则转发</translation>
    </message>
    <message>
        <source>Anyone in the network</source>
        <translation>网络中的任何设备</translation>
    </message>
    <message>
        <source>Who was admitted</source>
        <translation>已准入的设备</translation>
    </message>
    <message>
        <source>Disk space that stays free</source>
        <translation>磁盘预留空间</translation>
    </message>
    <message>
        <source>Disk space for what arrives, at most</source>
        <translation>接收库上限</translation>
    </message>
</context>
<context>
    <name>radpost::ui::ReceivePage</name>
    <message>
        <source>Receive</source>
        <translation>接收</translation>
    </message>
    <message>
        <source>Test itself (C-ECHO)</source>
        <translation>自检 (C-ECHO)</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>For the engineer of the scanner</source>
        <translation>提供给设备工程师</translation>
    </message>
    <message>
        <source>Copy in Chinese and English</source>
        <translation>复制（中英文）</translation>
    </message>
    <message>
        <source>Settings of the receiver</source>
        <translation>接收设置</translation>
    </message>
    <message>
        <source>Stop receiving</source>
        <translation>停止接收</translation>
    </message>
    <message>
        <source>Start receiving</source>
        <translation>开始接收</translation>
    </message>
    <message>
        <source>AE title: %1</source>
        <translation>应用实体标题：%1</translation>
    </message>
    <message>
        <source>IP address: %1</source>
        <translation>IP 地址：%1</translation>
    </message>
    <message>
        <source>Port: %1</source>
        <translation>端口：%1</translation>
    </message>
    <message>
        <source>Copied, in Chinese and in English.</source>
        <translation>已复制中文和英文说明。</translation>
    </message>
    <message>
        <source>Choose a folder for what arrives first.</source>
        <translation>请先选择接收文件夹。</translation>
    </message>
    <message>
        <source>It needs room for the images, and only people who may see them should have access.</source>
        <translation>该文件夹需有足够空间，且仅限有权查看影像的人员访问。</translation>
    </message>
    <message>
        <source>The change was not saved.</source>
        <translation>更改未保存。</translation>
    </message>
    <message>
        <source>The receiver did not answer its own C-ECHO.</source>
        <translation>接收端未应答自身的 C-ECHO。</translation>
    </message>
    <message>
        <source>The receiver answers C-ECHO.</source>
        <translation>接收端已应答 C-ECHO。</translation>
    </message>
    <message>
        <source>If a scanner cannot reach it all the same, look at the firewall of this computer and the network between.</source>
        <translation>如果设备仍无法连接，请排查本机防火墙和中间网络。</translation>
    </message>
    <message>
        <source>Nothing was sent.</source>
        <translation>未发送任何内容。</translation>
    </message>
    <message numerus="yes">
        <source>%n instance(s) on the way to %1.</source>
        <translation>
            <numerusform>%n 个实例正在发往 %1。</numerusform>
        </translation>
    </message>
    <message>
        <source>Show the jobs</source>
        <translation>查看任务</translation>
    </message>
    <message numerus="yes">
        <source>%n instance(s) released.</source>
        <translation>
            <numerusform>已放行 %n 个实例。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n instance(s) will not be sent.</source>
        <translation>
            <numerusform>%n 个实例将不会发送。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n instance(s) wait no longer.</source>
        <translation>
            <numerusform>%n 个实例不再等待。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n instance(s) are judged again.</source>
        <translation>
            <numerusform>正在重新判定 %n 个实例。</numerusform>
        </translation>
    </message>
    <message>
        <source>Not everything was saved.</source>
        <translation>未能全部保存。</translation>
    </message>
    <message>
        <source>The caller was not admitted.</source>
        <translation>未准入该设备。</translation>
    </message>
    <message>
        <source>Nothing was decided.</source>
        <translation>未作任何处理。</translation>
    </message>
    <message>
        <source>The list of what arrived cannot be read.</source>
        <translation>无法读取已收到检查的列表。</translation>
    </message>
    <message>
        <source>%1 at %2 may send here from now on.</source>
        <translation>从现在起允许 %1（%2）向此处发送。</translation>
    </message>
    <message>
        <source>Listening</source>
        <translation>监听</translation>
    </message>
    <message>
        <source>Every port asks for TLS; test it from the other side.</source>
        <translation>所有端口都要求 TLS；请从对端测试。</translation>
    </message>
    <message>
        <source>Senders are refused: there is no room for what arrives.</source>
        <translation>正在拒绝发送方：没有空间存放收到的影像。</translation>
    </message>
    <message>
        <source>Nothing that was accepted is lost. Make room on the disk, raise the limits on the right, or see to what cannot be delivered.</source>
        <translation>已接受的影像不会丢失。请腾出磁盘空间、提高右侧的上限，或处理无法送达的影像。</translation>
    </message>
    <message>
        <source>The gateway &quot;radpost serve&quot; or a second copy of this program receives. What arrived there is shown below, and what is held can be released from here.</source>
        <translation>由网关“radpost serve”或本程序的另一个副本接收。收到的检查显示在下方，暂留的内容可在此放行。</translation>
    </message>
    <message>
        <source>Show the rules</source>
        <translation>查看规则</translation>
    </message>
    <message>
        <source>They go on as soon as receiving is switched on.</source>
        <translation>开启接收后即继续处理。</translation>
    </message>
    <message numerus="yes">
        <source>Saving… %n file(s) so far</source>
        <translation>
            <numerusform>正在保存… 已保存 %n 个文件</numerusform>
        </translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) saved in %1.</source>
        <translation>
            <numerusform>已将 %n 个文件保存到 %1。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were there already.</source>
        <translation>
            <numerusform>其中 %n 个已存在。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n have left the store meanwhile.</source>
        <translation>
            <numerusform>%n 个在此期间已离开接收库。</numerusform>
        </translation>
    </message>
    <message>
        <source>The rules have a fault; those of before stay in force.</source>
        <translation>规则有错误；先前的规则继续生效。</translation>
    </message>
    <message>
        <source>Only a part is on the way; the rest was not sent.</source>
        <translation>只有一部分正在发送；其余未发送。</translation>
    </message>
    <message numerus="yes">
        <source>Leave %n held instance(s) unsent?</source>
        <translation>
            <numerusform>不发送 %n 个暂留的实例？</numerusform>
        </translation>
    </message>
    <message>
        <source>Do not send</source>
        <translation>不发送</translation>
    </message>
    <message numerus="yes">
        <source>%n got a name with a number: a file of another content had theirs.</source>
        <translation>
            <numerusform>%n 个文件名后加了编号：原文件名已被内容不同的文件占用。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1. What is held of them is not sent, now or later; it stays here.</source>
        <translation>%1。暂留的部分现在和以后都不再发送，仍留在本机。</translation>
    </message>
    <message>
        <source>Disk space</source>
        <translation>磁盘空间</translation>
    </message>
    <message>
        <source>Another Radpost has the data folder; receiving is up to that one.</source>
        <translation>另一个 Radpost 正在使用数据文件夹，接收由其负责。</translation>
    </message>
</context>
<context>
    <name>radpost::ui::ReceiveSign</name>
    <message>
        <source>Show what arrives</source>
        <translation>查看接收情况</translation>
    </message>
</context>
<context>
    <name>radpost::ui::ReceivedStudiesModel</name>
    <message numerus="yes">
        <source>%n instance(s) came again with another content; both are kept, the first is sent on.</source>
        <translation>
            <numerusform>%n 个实例以不同内容再次收到；两份均保留，转发的是先收到的一份。</numerusform>
        </translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>患者</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Modality</source>
        <translation>设备类型</translation>
    </message>
    <message>
        <source>Instances</source>
        <translation>实例</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Last arrival</source>
        <translation>最近接收</translation>
    </message>
    <message>
        <source>From</source>
        <translation>来自</translation>
    </message>
    <message>
        <source>The files do not say who sent them.</source>
        <translation>文件中没有记录发送方。</translation>
    </message>
</context>
<context>
    <name>radpost::ui::RefusedList</name>
    <message>
        <source>%1 at %2</source>
        <translation>%1（%2）</translation>
    </message>
    <message numerus="yes">
        <source>called %n time(s), last %1</source>
        <translation>
            <numerusform>呼叫 %n 次，最近 %1</numerusform>
        </translation>
    </message>
    <message>
        <source>%1; it asked for the AE title &quot;%2&quot;, which is not ours</source>
        <translation>%1；它呼叫的应用实体标题“%2”不是本机的</translation>
    </message>
    <message numerus="yes">
        <source>Refused: %n caller(s)</source>
        <translation>
            <numerusform>已拒绝 %n 个呼叫方</numerusform>
        </translation>
    </message>
    <message>
        <source>They called this receiver and are not admitted. Admit those that you know.</source>
        <translation>它们呼叫过此接收端但未准入。请准入您认识的设备。</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>另有 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Admit</source>
        <translation>准入</translation>
    </message>
    <message>
        <source>Admit %1</source>
        <translation>准入 %1</translation>
    </message>
</context>
<context>
    <name>radpost::ui::RetrievalsModel</name>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>on its way</source>
        <translation>传输中</translation>
    </message>
    <message>
        <source>complete</source>
        <translation>完整</translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n 个失败</numerusform>
        </translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1 → this computer</source>
        <translation>%1 → 本机</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>患者</translation>
    </message>
    <message>
        <source>From and to</source>
        <translation>来源与去向</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Instances</source>
        <translation>实例</translation>
    </message>
    <message>
        <source>incomplete: %1 of %2</source>
        <translation>不完整：%1 / %2</translation>
    </message>
    <message>
        <source>nothing came</source>
        <translation>未收到任何实例</translation>
    </message>
</context>
<context>
    <name>radpost::ui::RuleEditor</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Add rule</source>
        <translation>添加规则</translation>
    </message>
    <message>
        <source>Add a rule</source>
        <translation>添加规则</translation>
    </message>
    <message>
        <source>Edit %1</source>
        <translation>编辑 %1</translation>
    </message>
    <message>
        <source>Back to the rules</source>
        <translation>返回规则列表</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>试用</translation>
    </message>
    <message>
        <source>Save changes</source>
        <translation>保存更改</translation>
    </message>
    <message>
        <source>As fields</source>
        <translation>以表单编辑</translation>
    </message>
    <message>
        <source>As text</source>
        <translation>以文本编辑</translation>
    </message>
    <message>
        <source>This rule cannot be shown as fields.</source>
        <translation>此规则无法以表单显示。</translation>
    </message>
    <message>
        <source>Mend what is wrong in the text, or keep it as text: fields have no room for conditions in conditions, parts of names, private creators and several expressions in one test.</source>
        <translation>请改正文本中的错误，或保留为文本：表单无法容纳嵌套条件、姓名的组成部分、私有创建者，以及一个条件中的多个表达式。</translation>
    </message>
</context>
<context>
    <name>radpost::ui::RuleFields</name>
    <message>
        <source>All of these must be true</source>
        <translation>以下条件须全部成立</translation>
    </message>
    <message>
        <source>One of these must be true</source>
        <translation>以下条件成立其一即可</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>When</source>
        <translation>条件</translation>
    </message>
    <message>
        <source>Without a condition the rule applies to everything that is received.</source>
        <translation>没有条件时，规则适用于收到的全部实例。</translation>
    </message>
    <message>
        <source>How the conditions belong together</source>
        <translation>条件之间的关系</translation>
    </message>
    <message>
        <source>Add condition</source>
        <translation>添加条件</translation>
    </message>
    <message>
        <source>Then</source>
        <translation>处理</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>处理方式</translation>
    </message>
    <message>
        <source>Add destination or group</source>
        <translation>添加目的地或组</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Shown with the instance</source>
        <translation>与实例一同显示</translation>
    </message>
    <message>
        <source>When it starts on its way</source>
        <translation>何时开始发送</translation>
    </message>
    <message>
        <source>Complete after</source>
        <translation>视为完整</translation>
    </message>
    <message>
        <source>Nothing more came for so long: 30s, 2min; or manual: by hand only</source>
        <translation>在此时间内再无新实例：30s、2min；或 manual：仅由人工确认</translation>
    </message>
    <message>
        <source>At the latest after</source>
        <translation>最迟</translation>
    </message>
    <message>
        <source>Since the first instance, e.g. 1h; empty: no limit</source>
        <translation>自第一个实例起，例如 1h；留空则不限</translation>
    </message>
    <message>
        <source>Or with this many</source>
        <translation>或达到此数量</translation>
    </message>
    <message>
        <source>Instances; empty: what the images say</source>
        <translation>实例数；留空则以影像中的数量为准</translation>
    </message>
    <message>
        <source>Stop: no later rule is looked at when this one matched</source>
        <translation>停止：此规则匹配后，不再判断后面的规则</translation>
    </message>
</context>
<context>
    <name>radpost::ui::RuleListModel</name>
    <message>
        <source>Rule</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>When</source>
        <translation>条件</translation>
    </message>
    <message>
        <source>Then</source>
        <translation>处理</translation>
    </message>
    <message>
        <source>stops</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Rule %1, in use</source>
        <translation>规则 %1，已启用</translation>
    </message>
    <message>
        <source>Rule %1, switched off</source>
        <translation>规则 %1，已停用</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
</context>
<context>
    <name>radpost::ui::RuleListView</name>
    <message>
        <source>Edit the selected rule</source>
        <translation>编辑所选规则</translation>
    </message>
    <message>
        <source>Duplicate the selected rule</source>
        <translation>复制所选规则</translation>
    </message>
    <message>
        <source>Move the selected rule up</source>
        <translation>上移所选规则</translation>
    </message>
    <message>
        <source>Move the selected rule down</source>
        <translation>下移所选规则</translation>
    </message>
    <message>
        <source>Remove the selected rule</source>
        <translation>删除所选规则</translation>
    </message>
    <message>
        <source>Rules in their order</source>
        <translation>按顺序排列的规则</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>组</translation>
    </message>
    <message>
        <source>A group stands for several destinations: a backup while the first cannot be reached, or studies shared out.</source>
        <translation>一个组代表多个目的地：首选无法连通时用备用，或将检查分给各成员。</translation>
    </message>
    <message>
        <source>Groups of destinations</source>
        <translation>目的地的组</translation>
    </message>
    <message>
        <source>Edit the selected group</source>
        <translation>编辑所选组</translation>
    </message>
    <message>
        <source>Remove the selected group</source>
        <translation>删除所选组</translation>
    </message>
    <message>
        <source>Add group</source>
        <translation>添加组</translation>
    </message>
    <message numerus="yes">
        <source>%n rule(s), looked at from the top</source>
        <translation>
            <numerusform>%n 条规则，自上而下判断</numerusform>
        </translation>
    </message>
    <message>
        <source>Search rules</source>
        <translation>搜索规则</translation>
    </message>
    <message>
        <source>No rule matches. Change the words, or look at all rules.</source>
        <translation>没有匹配的规则。请更改搜索词，或查看全部规则。</translation>
    </message>
</context>
<context>
    <name>radpost::ui::RuleTextView</name>
    <message>
        <source>Line %1: %2</source>
        <translation>第 %1 行：%2</translation>
    </message>
    <message>
        <source>The rule as it stands in the configuration file. Conditions in conditions can be written only here. Comments inside the rule are not kept.</source>
        <translation>规则在配置文件中的原样。嵌套条件只能在此编写。规则内部的注释不会保留。</translation>
    </message>
    <message>
        <source>Text of the rule</source>
        <translation>规则的文本</translation>
    </message>
</context>
<context>
    <name>radpost::ui::RulesPage</name>
    <message>
        <source>Rules</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Add rule</source>
        <translation>添加规则</translation>
    </message>
    <message>
        <source>The rules cannot be read</source>
        <translation>无法读取规则</translation>
    </message>
    <message>
        <source>No rules yet</source>
        <translation>尚无规则</translation>
    </message>
    <message>
        <source>They are in the configuration file, which has faults. Mend it; then read it again.</source>
        <translation>规则位于配置文件中，而该文件有错误。请修正后重新读取。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Where the gateway sends what it receives</source>
        <translation>网关把收到的实例发往哪里</translation>
    </message>
    <message>
        <source>Try on files</source>
        <translation>用文件试用</translation>
    </message>
    <message>
        <source>Add the first rule</source>
        <translation>添加第一条规则</translation>
    </message>
    <message>
        <source>A rule says: when an instance is like this, send it there. For example: when the modality is CT, send it to the AI server; send everything to the archive. What no rule matches is sent nowhere.</source>
        <translation>规则的含义是：实例符合某些条件时，发送到某处。例如：设备类型是 CT 时，发送到 AI 服务器；所有实例都发送到归档。没有规则匹配的实例不会发送。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; was removed.</source>
        <translation>已删除“%1”。</translation>
    </message>
    <message>
        <source>Somebody else changed the rules meanwhile. Yours is not saved yet.</source>
        <translation>期间有人更改了规则。您的更改尚未保存。</translation>
    </message>
    <message>
        <source>If you save it all the same, it takes the place of &quot;%1&quot; as it is in the file now; the other rules stay as they are.</source>
        <translation>如仍要保存，它将取代文件中现在的“%1”；其他规则保持不变。</translation>
    </message>
    <message>
        <source>If you save it all the same, it is added at the end; the other rules stay as they are.</source>
        <translation>如仍要保存，它将添加到末尾；其他规则保持不变。</translation>
    </message>
    <message>
        <source>Save it all the same</source>
        <translation>仍要保存</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is still in use.</source>
        <translation>“%1”仍在使用。</translation>
    </message>
    <message>
        <source>Rule &quot;%1&quot; sends to it. Change that first.</source>
        <translation>规则“%1”会发送到它。请先更改该规则。</translation>
    </message>
    <message>
        <source>These rules hold for what arrives on the page Receive, and for the gateway &quot;radpost serve&quot;.</source>
        <translation>这些规则用于“接收”页面收到的影像，以及网关“radpost serve”。</translation>
    </message>
    <message>
        <source>Add a destination</source>
        <translation>添加目的地</translation>
    </message>
</context>
<context>
    <name>radpost::ui::SendFoot</name>
    <message>
        <source>To</source>
        <translation>发送到</translation>
    </message>
    <message>
        <source>Anonymise: none yet</source>
        <translation>匿名化：暂无</translation>
    </message>
    <message>
        <source>There are no profiles yet: the images go out as they are.</source>
        <translation>尚无匿名化方案：影像按原样发送。</translation>
    </message>
    <message>
        <source>Anonymise</source>
        <translation>匿名化</translation>
    </message>
    <message>
        <source>Proof: answer to each instance</source>
        <translation>送达证明：每个实例的应答</translation>
    </message>
    <message>
        <source>Proof</source>
        <translation>送达证明</translation>
    </message>
    <message>
        <source>Normal priority</source>
        <translation>普通优先级</translation>
    </message>
    <message>
        <source>Urgent</source>
        <translation>紧急</translation>
    </message>
    <message>
        <source>Low priority</source>
        <translation>低优先级</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>Cancel check</source>
        <translation>取消预检</translation>
    </message>
    <message>
        <source>Check before sending</source>
        <translation>发送前预检</translation>
    </message>
    <message>
        <source>it reports that it keeps the images (storage commitment)</source>
        <translation>它报告会保存影像（存储承诺）</translation>
    </message>
    <message>
        <source>the images are found there afterwards (C-FIND)</source>
        <translation>之后能在那里查到影像（C-FIND）</translation>
    </message>
    <message>
        <source>its answer to each instance</source>
        <translation>它对每个实例的应答</translation>
    </message>
    <message>
        <source>Proof: as the destination is set</source>
        <translation>送达证明：按目的地的设置</translation>
    </message>
    <message>
        <source>Proof: storage commitment</source>
        <translation>送达证明：存储承诺</translation>
    </message>
    <message>
        <source>Proof: query after sending</source>
        <translation>送达证明：发送后查询</translation>
    </message>
    <message>
        <source>%1 is set to: %2.</source>
        <translation>%1 的设置：%2。</translation>
    </message>
    <message>
        <source>With storage commitment or a query, &quot;sent&quot; is not &quot;proved&quot;: the receipt shows both.</source>
        <translation>使用存储承诺或查询时，“已发送”不等于“已证明”：回执会分别显示。</translation>
    </message>
</context>
<context>
    <name>radpost::ui::SendPage</name>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Filter patients, studies and series</source>
        <translation>筛选患者、检查和序列</translation>
    </message>
    <message>
        <source>Patients, studies and series</source>
        <translation>患者、检查和序列</translation>
    </message>
    <message>
        <source>Files that will not be sent</source>
        <translation>不会发送的文件</translation>
    </message>
    <message numerus="yes">
        <source>%Ln patient(s)</source>
        <translation>
            <numerusform>%Ln 位患者</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln study(s)</source>
        <translation>
            <numerusform>%Ln 个检查</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln instance(s)</source>
        <translation>
            <numerusform>%Ln 个实例</numerusform>
        </translation>
    </message>
    <message>
        <source>scanning… %1 files/s</source>
        <translation>正在扫描… %1 个文件/秒</translation>
    </message>
    <message>
        <source>The scan was cut short: there may be more.</source>
        <translation>扫描已中断：可能还有更多内容。</translation>
    </message>
    <message>
        <source>Cancel scan</source>
        <translation>取消扫描</translation>
    </message>
    <message>
        <source>Scan again</source>
        <translation>重新扫描</translation>
    </message>
    <message>
        <source>Nothing was sent.</source>
        <translation>没有发送任何内容。</translation>
    </message>
    <message>
        <source>Show activity</source>
        <translation>查看任务</translation>
    </message>
    <message>
        <source>Add folder</source>
        <translation>添加文件夹</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>添加文件</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>What the filter hides stays ticked.</source>
        <translation>被筛选隐藏的内容仍保持勾选。</translation>
    </message>
    <message>
        <source>Untick them</source>
        <translation>取消勾选</translation>
    </message>
</context>
<context>
    <name>radpost::ui::SendRow</name>
    <message>
        <source>Destination or group</source>
        <translation>目的地或组</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>组</translation>
    </message>
    <message>
        <source>Priority: %1</source>
        <translation>优先级：%1</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>Delay, e.g. 10min</source>
        <translation>延迟，例如 10min</translation>
    </message>
    <message>
        <source>Delay</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>Hours, e.g. 22:00-06:00</source>
        <translation>时段，例如 22:00-06:00</translation>
    </message>
    <message>
        <source>Hours in which it is sent</source>
        <translation>发送时段</translation>
    </message>
    <message>
        <source>Do not send it there</source>
        <translation>不再发送到此处</translation>
    </message>
    <message>
        <source>Only what is not there yet</source>
        <translation>仅发送目的地还没有的</translation>
    </message>
    <message>
        <source>The destination is asked first; what it has is not sent again. When it cannot be asked, everything is sent.</source>
        <translation>先查询目的地；已有的不再发送。无法查询时全部发送。</translation>
    </message>
</context>
<context>
    <name>radpost::ui::SendTreeModel</name>
    <message>
        <source>Patient, study, series</source>
        <translation>患者、检查、序列</translation>
    </message>
    <message>
        <source>ID, accession</source>
        <translation>ID、检查号</translation>
    </message>
    <message>
        <source>Sex, birth date</source>
        <translation>性别、出生日期</translation>
    </message>
    <message>
        <source>Instances</source>
        <translation>实例数</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Transfer syntax</source>
        <translation>传输语法</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Check result</source>
        <translation>预检结果</translation>
    </message>
</context>
<context>
    <name>radpost::ui::SeriesPane</name>
    <message numerus="yes">
        <source>%Ln instance(s)</source>
        <translation>
            <numerusform>%Ln 个实例</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln frame(s)</source>
        <translation>
            <numerusform>%Ln 帧</numerusform>
        </translation>
    </message>
    <message>
        <source>Selected series</source>
        <translation>所选序列</translation>
    </message>
</context>
<context>
    <name>radpost::ui::SeriesPreview</name>
    <message>
        <source>Loading…</source>
        <translation>正在加载…</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>影像</translation>
    </message>
    <message>
        <source>Drag for brightness and contrast, turn the wheel for slices; a double click takes the window of the file.</source>
        <translation>拖动调节亮度和对比度，滚轮切换层面；双击恢复文件自带的窗宽窗位。</translation>
    </message>
    <message>
        <source>Up, Down, Page Up, Page Down, Home and End go through the slices; Left and Right change the contrast, Shift with Up and Down the brightness; R takes the window of the file.</source>
        <translation>上、下、Page Up、Page Down、Home 和 End 键切换层面；左、右键调节对比度，Shift 加上、下键调节亮度；R 键恢复文件自带的窗宽窗位。</translation>
    </message>
    <message>
        <source>Slice</source>
        <translation>层面</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗宽窗位</translation>
    </message>
    <message>
        <source>Set by hand</source>
        <translation>手动</translation>
    </message>
    <message>
        <source>Window of the file (R)</source>
        <translation>恢复文件自带的窗宽窗位 (R)</translation>
    </message>
    <message>
        <source>%1 / %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Slice %1/%2</source>
        <translation>层面 %1/%2</translation>
    </message>
    <message>
        <source>No series selected</source>
        <translation>未选择序列</translation>
    </message>
    <message>
        <source>Select a series to see its images here.</source>
        <translation>选择一个序列，即可在此查看影像。</translation>
    </message>
</context>
<context>
    <name>radpost::ui::SettingsForm</name>
    <message>
        <source>This takes effect at the next start of Radpost.</source>
        <translation>下次启动 Radpost 时生效。</translation>
    </message>
    <message>
        <source>The port of the receiver: reports come there while receiving is on.</source>
        <translation>这是接收端的端口：接收开启时报告发往此端口。</translation>
    </message>
</context>
<context>
    <name>radpost::ui::SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Language and look</source>
        <translation>语言与外观</translation>
    </message>
    <message>
        <source>This workstation</source>
        <translation>本工作站</translation>
    </message>
    <message>
        <source>Folders and speed</source>
        <translation>文件夹与速度</translation>
    </message>
    <message>
        <source>Saved in %1. The command line uses the same file; its comments stay.</source>
        <translation>保存在 %1。命令行使用同一文件，其中的注释会保留。</translation>
    </message>
    <message>
        <source>The change was not saved.</source>
        <translation>更改未保存。</translation>
    </message>
    <message>
        <source>Closing</source>
        <translation>关闭窗口</translation>
    </message>
    <message>
        <source>Ledger and patient data</source>
        <translation>台账与患者信息</translation>
    </message>
    <message>
        <source>Search settings</source>
        <translation>搜索设置</translation>
    </message>
    <message>
        <source>No setting matches</source>
        <translation>没有匹配的设置</translation>
    </message>
    <message>
        <source>Change the words.</source>
        <translation>请修改搜索词。</translation>
    </message>
</context>
<context>
    <name>radpost::ui::Shell</name>
    <message>
        <source>Open Radpost</source>
        <translation>打开 Radpost</translation>
    </message>
    <message>
        <source>Stop and quit</source>
        <translation>停止并退出</translation>
    </message>
    <message>
        <source>Resume what was paused</source>
        <translation>继续已暂停的任务</translation>
    </message>
    <message>
        <source>Pause all jobs</source>
        <translation>暂停所有任务</translation>
    </message>
    <message>
        <source>Radpost: %1</source>
        <translation>Radpost：%1</translation>
    </message>
    <message numerus="yes">
        <source>%n job(s) still running. What should happen to them?</source>
        <translation>
            <numerusform>还有 %n 个任务在运行。如何处理？</numerusform>
        </translation>
    </message>
    <message>
        <source>Its icon is in the notification area.</source>
        <translation>图标在通知区域中。</translation>
    </message>
    <message>
        <source>This desktop has no notification area to put the program into. To end it, choose &quot;Stop and quit&quot;.</source>
        <translation>此桌面环境没有通知区域（托盘）。要结束程序，请选择“停止并退出”。</translation>
    </message>
    <message numerus="yes">
        <source>%n job(s) of last time go on.</source>
        <translation>
            <numerusform>上次的 %n 个任务继续进行。</numerusform>
        </translation>
    </message>
    <message>
        <source>What has arrived is not sent again. Jobs that you paused stay paused.</source>
        <translation>已送达的实例不会重复发送。您暂停的任务保持暂停。</translation>
    </message>
    <message>
        <source>Radpost</source>
        <translation>Radpost</translation>
    </message>
    <message>
        <source>Receiving is on. What should happen to it?</source>
        <translation>接收已开启。要如何处理？</translation>
    </message>
    <message numerus="yes">
        <source>%n job(s) still running, and receiving is on. What should happen to them?</source>
        <translation>
            <numerusform>仍有 %n 个任务在进行，且接收已开启。要如何处理？</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is lost either way: what was not sent goes on at the next start.</source>
        <translation>无论哪种方式都不会丢失：未发送的内容下次启动时继续。</translation>
    </message>
    <message>
        <source>After quitting, nothing can be sent to this workstation until Radpost runs again.</source>
        <translation>退出后，在 Radpost 再次运行之前，其他设备无法向本机发送。</translation>
    </message>
    <message>
        <source>Your answer is remembered; it can be changed in the settings.</source>
        <translation>您的选择会被记住，可在设置中更改。</translation>
    </message>
    <message>
        <source>Keep going in the background</source>
        <translation>在后台继续</translation>
    </message>
    <message>
        <source>Radpost goes on in the background</source>
        <translation>Radpost 在后台继续运行</translation>
    </message>
    <message>
        <source>Radpost goes on; its window was minimised.</source>
        <translation>Radpost 继续运行；窗口已最小化。</translation>
    </message>
    <message numerus="yes">
        <source>%n study(ies) still on their way from a PACS. What should happen to them?</source>
        <translation>
            <numerusform>%n 个检查仍在从 PACS 传输中。如何处理？</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n study(ies) still on their way from a PACS.</source>
        <translation>
            <numerusform>%n 个检查仍在从 PACS 传输中。</numerusform>
        </translation>
    </message>
    <message>
        <source>After quitting, what is fetched has to be fetched again.</source>
        <translation>退出后，未取完的检查需要重新获取。</translation>
    </message>
</context>
<context>
    <name>radpost::ui::StopPanel</name>
    <message>
        <source>Edit destination</source>
        <translation>编辑目的地</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Copy for the administrator</source>
        <translation>复制给管理员</translation>
    </message>
</context>
<context>
    <name>radpost::ui::StoreWork</name>
    <message>
        <source>Studies that arrived</source>
        <translation>已收到的检查</translation>
    </message>
    <message>
        <source>Arrived</source>
        <translation>已收到</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>放行</translation>
    </message>
    <message>
        <source>Save as files…</source>
        <translation>另存为文件…</translation>
    </message>
    <message>
        <source>Send on to</source>
        <translation>转发到</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search what arrived</source>
        <translation>搜索已收到的检查</translation>
    </message>
    <message>
        <source>Which studies are shown</source>
        <translation>显示哪些检查</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Not finished</source>
        <translation>未完成</translation>
    </message>
    <message>
        <source>No rule matched</source>
        <translation>无匹配规则</translation>
    </message>
    <message>
        <source>No study matches</source>
        <translation>没有匹配的检查</translation>
    </message>
    <message>
        <source>Change the words, or look at everything.</source>
        <translation>请更改搜索词，或查看全部。</translation>
    </message>
    <message>
        <source>What the other Radpost receives is shown here.</source>
        <translation>另一个 Radpost 收到的检查会显示在这里。</translation>
    </message>
    <message>
        <source>What scanners send is shown here. Their engineer needs the AE title, address and port from the right.</source>
        <translation>设备发送的检查会显示在这里。设备工程师需要右侧的应用实体标题、地址和端口。</translation>
    </message>
    <message>
        <source>Switch receiving on, and give the engineer of the scanner the AE title, address and port from the right.</source>
        <translation>请开启接收，并把右侧的应用实体标题、地址和端口提供给设备工程师。</translation>
    </message>
    <message numerus="yes">
        <source>%n study(ies) held for a decision</source>
        <translation>
            <numerusform>%n 个检查暂留待审</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing has arrived yet</source>
        <translation>尚未收到任何检查</translation>
    </message>
    <message>
        <source>Choose studies or series in the list first.</source>
        <translation>请先在列表中选择检查或序列。</translation>
    </message>
    <message>
        <source>The ledger is not open for sending.</source>
        <translation>台账未打开，无法发送。</translation>
    </message>
    <message>
        <source>Choose a study that is held first.</source>
        <translation>请先选择暂留的检查。</translation>
    </message>
    <message numerus="yes">
        <source>%n received study(ies) or series</source>
        <translation>
            <numerusform>%n 个收到的检查或序列</numerusform>
        </translation>
    </message>
    <message>
        <source>Save as files</source>
        <translation>另存为文件</translation>
    </message>
    <message>
        <source>Send now, without waiting for the rest</source>
        <translation>立即发送，不等待其余影像</translation>
    </message>
    <message>
        <source>Do not send what is held</source>
        <translation>不发送暂留的内容</translation>
    </message>
    <message numerus="yes">
        <source>Judge %n instance(s) that no rule matched again</source>
        <translation>
            <numerusform>重新判定 %n 个无匹配规则的实例</numerusform>
        </translation>
    </message>
    <message>
        <source>Held, refused or not proved</source>
        <translation>暂留、被拒收或未证明</translation>
    </message>
</context>
<context>
    <name>radpost::ui::TraceCard</name>
    <message>
        <source>Trace a destination</source>
        <translation>跟踪目的地</translation>
    </message>
    <message>
        <source>Records what is agreed and said on its associations, PDU by PDU: by jobs, checks and tests. Data sets are told by their length, and passcodes never.</source>
        <translation>逐个 PDU 记录其关联上的协商和通信，包括任务、发送前预检和测试。数据集只记录长度，口令从不记录。</translation>
    </message>
    <message>
        <source>Destination to trace</source>
        <translation>要跟踪的目的地</translation>
    </message>
    <message numerus="yes">
        <source>%n record(s)</source>
        <translation>
            <numerusform>%n 条记录</numerusform>
        </translation>
    </message>
    <message>
        <source>Recording %1: %2, %3 left</source>
        <translation>正在记录 %1：%2，剩余 %3</translation>
    </message>
    <message>
        <source>Ended for %1: %2</source>
        <translation>已结束对 %1 的跟踪：%2</translation>
    </message>
    <message>
        <source>The time for %1 is up: %2</source>
        <translation>%1 的跟踪时间已到：%2</translation>
    </message>
    <message>
        <source>The trace of %1 is full and was ended: %2</source>
        <translation>%1 的跟踪记录已满，已结束：%2</translation>
    </message>
    <message>
        <source>There is no destination yet.</source>
        <translation>还没有目的地。</translation>
    </message>
    <message>
        <source>Stop tracing</source>
        <translation>停止跟踪</translation>
    </message>
    <message>
        <source>Trace for 10 minutes</source>
        <translation>跟踪 10 分钟</translation>
    </message>
</context>
<context>
    <name>radpost::ui::TraceModel</name>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Association</source>
        <translation>关联</translation>
    </message>
    <message>
        <source>What was said</source>
        <translation>通信内容</translation>
    </message>
</context>
<context>
    <name>radpost::ui::TrialModel</name>
    <message>
        <source>held for review</source>
        <extracomment>%1: names of destinations</extracomment>
        <translation>暂留待审</translation>
    </message>
    <message>
        <source>dropped</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>goes nowhere</source>
        <translation>不发送</translation>
    </message>
    <message>
        <source>, </source>
        <translation>，</translation>
    </message>
    <message>
        <source>Rule %1: %2</source>
        <translation>规则 %1：%2</translation>
    </message>
    <message>
        <source>The data set cannot be read: tests of attributes cannot be judged.</source>
        <translation>无法读取数据集：涉及属性的条件无法判断。</translation>
    </message>
    <message>
        <source>File, rule and test</source>
        <translation>文件、规则和条件</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>sent to %1; the rest is held for review</source>
        <translation>发送至 %1；其余暂留待审</translation>
    </message>
</context>
<context>
    <name>radpost::ui::TrialView</name>
    <message>
        <source>Try the rules</source>
        <translation>试用规则</translation>
    </message>
    <message>
        <source>Try %1</source>
        <translation>试用 %1</translation>
    </message>
    <message>
        <source>Nothing is sent, and nothing is saved</source>
        <translation>不发送任何实例，也不保存任何内容</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Drop DICOM files or a folder here: each is judged as if it had just been received.</source>
        <translation>将 DICOM 文件或文件夹拖放到此处：每个文件都视为刚刚收到并据此判断。</translation>
    </message>
    <message>
        <source>Choose files…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>As if from calling AE title</source>
        <translation>假定主叫应用实体标题</translation>
    </message>
    <message>
        <source>To called AE title</source>
        <translation>被叫应用实体标题</translation>
    </message>
    <message>
        <source>From address</source>
        <translation>来源地址</translation>
    </message>
    <message>
        <source>e.g. 10.1.2.3</source>
        <translation>例如 10.1.2.3</translation>
    </message>
    <message>
        <source>What becomes of each file, and why</source>
        <translation>每个文件的去向及原因</translation>
    </message>
    <message>
        <source>The rules have a mistake and cannot be tried.</source>
        <translation>规则有错误，无法试用。</translation>
    </message>
    <message>
        <source>Only the first %1 files are looked at.</source>
        <translation>只判断前 %1 个文件。</translation>
    </message>
    <message>
        <source>Choose DICOM files</source>
        <translation>选择 DICOM 文件</translation>
    </message>
    <message>
        <source>Show patient data</source>
        <translation>显示患者数据</translation>
    </message>
</context>
</TS>
