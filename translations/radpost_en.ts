<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>ArrivalWords</name>
    <message numerus="yes">
        <source>%n on the way</source>
        <translation>
            <numerusform>%n on the way</numerusform>
            <numerusform>%n on the way</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n waiting</numerusform>
            <numerusform>%n waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n refused</source>
        <translation>
            <numerusform>%n refused</numerusform>
            <numerusform>%n refused</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cancelled</source>
        <translation>
            <numerusform>%n cancelled</numerusform>
            <numerusform>%n cancelled</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n held</source>
        <translation>
            <numerusform>%n held</numerusform>
            <numerusform>%n held</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>no rule for %n instance(s)</source>
        <translation>
            <numerusform>no rule for %n instance</numerusform>
            <numerusform>no rule for %n instances</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not sent on</source>
        <translation>
            <numerusform>%n not sent on</numerusform>
            <numerusform>%n not sent on</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n held.</source>
        <translation>
            <numerusform>%n held.</numerusform>
            <numerusform>%n held.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sent, proof awaited</source>
        <translation>
            <numerusform>%n sent, proof awaited</numerusform>
            <numerusform>%n sent, proof awaited</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sent, but not proved</source>
        <translation>
            <numerusform>%n sent, but not proved</numerusform>
            <numerusform>%n sent, but not proved</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Cli</name>
    <message numerus="yes">
        <source>%n destination(s) added</source>
        <translation>
            <numerusform>%n destination added</numerusform>
            <numerusform>%n destinations added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n instance(s) stored</source>
        <translation>
            <numerusform>%n instance stored</numerusform>
            <numerusform>%n instances stored</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n association(s)</source>
        <translation>
            <numerusform>%n association</numerusform>
            <numerusform>%n associations</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Sending %n instance(s) again</source>
        <translation>
            <numerusform>Sending %n instance again</numerusform>
            <numerusform>Sending %n instances again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n instance(s)</source>
        <translation>
            <numerusform>%n instance</numerusform>
            <numerusform>%n instances</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) skipped</source>
        <translation>
            <numerusform>%n file skipped</numerusform>
            <numerusform>%n files skipped</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more study(ies)</source>
        <translation>
            <numerusform>and %n more study</numerusform>
            <numerusform>and %n more studies</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) are the same as another one and were sent once.</source>
        <translation>
            <numerusform>%n file is the same as another one and was sent once.</numerusform>
            <numerusform>%n files are the same as another one and were sent once.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Nothing was there to send; %n file(s) could not be read.</source>
        <translation>
            <numerusform>Nothing was there to send; %n file could not be read.</numerusform>
            <numerusform>Nothing was there to send; %n files could not be read.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Everything that could be read is stored; %n file(s) could not be read.</source>
        <translation>
            <numerusform>Everything that could be read is stored; %n file could not be read.</numerusform>
            <numerusform>Everything that could be read is stored; %n files could not be read.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It works, with %n warning(s): see ⚠ above.</source>
        <translation>
            <numerusform>It works, with %n warning: see ⚠ above.</numerusform>
            <numerusform>It works, with %n warnings: see ⚠ above.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n instance(s) sent</source>
        <translation>
            <numerusform>%n instance sent</numerusform>
            <numerusform>%n instances sent</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to go</source>
        <translation>
            <numerusform>%n to go</numerusform>
            <numerusform>%n to go</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n instance(s) received</source>
        <translation>
            <numerusform>%n instance received</numerusform>
            <numerusform>%n instances received</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n time(s)</source>
        <translation>
            <numerusform>%n time</numerusform>
            <numerusform>%n times</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This machine may call, and %n peer(s):</source>
        <translation>
            <numerusform>This machine may call, and %n peer:</numerusform>
            <numerusform>This machine may call, and %n peers:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n peer(s) refused</source>
        <translation>
            <numerusform>%n peer refused</numerusform>
            <numerusform>%n peers refused</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) were in the index</source>
        <translation>
            <numerusform>%n file was in the index</numerusform>
            <numerusform>%n files were in the index</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) entered the index</source>
        <translation>
            <numerusform>%n file entered the index</numerusform>
            <numerusform>%n files entered the index</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n copy/copies removed</source>
        <translation>
            <numerusform>%n copy removed</numerusform>
            <numerusform>%n copies removed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) missing</source>
        <translation>
            <numerusform>%n file missing</numerusform>
            <numerusform>%n files missing</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n damaged file(s) set aside</source>
        <translation>
            <numerusform>%n damaged file set aside</numerusform>
            <numerusform>%n damaged files set aside</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n identical again</source>
        <translation>
            <numerusform>%n identical again</numerusform>
            <numerusform>%n identical again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n with another content</source>
        <translation>
            <numerusform>%n with another content</numerusform>
            <numerusform>%n with another content</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n association(s) refused</source>
        <translation>
            <numerusform>%n association refused</numerusform>
            <numerusform>%n associations refused</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n instance(s) could not be written here</source>
        <translation>
            <numerusform>%n instance could not be written here</numerusform>
            <numerusform>%n instances could not be written here</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The ledger is damaged, %n fault(s):</source>
        <translation>
            <numerusform>The ledger is damaged, %n fault:</numerusform>
            <numerusform>The ledger is damaged, %n faults:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n held</source>
        <translation>
            <numerusform>%n held</numerusform>
            <numerusform>%n held</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n instance(s) wanted by no rule; &quot;radpost route release --unmatched&quot; has them judged again.</source>
        <translation>
            <numerusform>%n instance wanted by no rule; &quot;radpost route release --unmatched&quot; has it judged again.</numerusform>
            <numerusform>%n instances wanted by no rule; &quot;radpost route release --unmatched&quot; has them judged again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n instance(s) will not be sent.</source>
        <translation>
            <numerusform>%n instance will not be sent.</numerusform>
            <numerusform>%n instances will not be sent.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n instance(s) go on.</source>
        <translation>
            <numerusform>%n instance goes on.</numerusform>
            <numerusform>%n instances go on.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n instance(s) in the spool, %1</source>
        <translation>
            <numerusform>%n instance in the spool, %1</numerusform>
            <numerusform>%n instances in the spool, %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n instance(s) held.</source>
        <translation>
            <numerusform>%n instance held.</numerusform>
            <numerusform>%n instances held.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 rejected %n instance(s); &quot;radpost jobs&quot; tells which job to look at.</source>
        <translation>
            <numerusform>%1 rejected %n instance; &quot;radpost jobs&quot; tells which job to look at.</numerusform>
            <numerusform>%1 rejected %n instances; &quot;radpost jobs&quot; tells which job to look at.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n delivered</source>
        <translation>
            <numerusform>%n delivered</numerusform>
            <numerusform>%n delivered</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rejected by destinations</source>
        <translation>
            <numerusform>%n rejected by destinations</numerusform>
            <numerusform>%n rejected by destinations</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n wanted by no rule</source>
        <translation>
            <numerusform>%n wanted by no rule</numerusform>
            <numerusform>%n wanted by no rule</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n instance(s) were there before: a query found them, and the destination was not asked to commit to them.</source>
        <translation>
            <numerusform>%n instance was there before: a query found it, and the destination was not asked to commit to it.</numerusform>
            <numerusform>%n instances were there before: a query found them, and the destination was not asked to commit to them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>And %n more job(s).</source>
        <translation>
            <numerusform>And %n more job.</numerusform>
            <numerusform>And %n more jobs.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not sent: the destination had them</source>
        <translation>
            <numerusform>%n not sent: the destination had them</numerusform>
            <numerusform>%n not sent: the destination had them</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n alike</source>
        <translation>
            <numerusform>and %n alike</numerusform>
            <numerusform>and %n alike</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DoctorText</name>
    <message numerus="yes">
        <source>%n kind(s) of objects go there decompressed, without loss.</source>
        <translation>
            <numerusform>%n kind of objects goes there decompressed, without loss.</numerusform>
            <numerusform>%n kinds of objects go there decompressed, without loss.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FailureWords</name>
    <message numerus="yes">
        <source>%1 and %n more kind(s)</source>
        <extracomment>%1: kinds of objects; %n: how many kinds are not named</extracomment>
        <translation>
            <numerusform>%1 and %n more kind</numerusform>
            <numerusform>%1 and %n more kinds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n instance(s) failed.</source>
        <translation>
            <numerusform>%n instance failed.</numerusform>
            <numerusform>%n instances failed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JobWords</name>
    <message numerus="yes">
        <source>%n patient(s)</source>
        <extracomment>%1: a patient&apos;s name; %Ln: how many others the job has</extracomment>
        <translation>
            <numerusform>%n patient</numerusform>
            <numerusform>%n patients</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n association(s)</source>
        <translation>
            <numerusform>%n association</numerusform>
            <numerusform>%n associations</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Retry %n failed</source>
        <translation>
            <numerusform>Retry %n failed</numerusform>
            <numerusform>Retry %n failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Send %n not proved again</source>
        <translation>
            <numerusform>Send %n not proved again</numerusform>
            <numerusform>Send %n not proved again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) could not be read</source>
        <translation>
            <numerusform>%Ln file could not be read</numerusform>
            <numerusform>%Ln files could not be read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and %Ln more</source>
        <translation>
            <numerusform>%1 and %Ln more</numerusform>
            <numerusform>%1 and %Ln more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) not read</source>
        <translation>
            <numerusform>%Ln file not read</numerusform>
            <numerusform>%Ln files not read</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PreviewMessage</name>
    <message numerus="yes">
        <source>%n bit(s)</source>
        <translation>
            <numerusform>%n bit</numerusform>
            <numerusform>%n bits</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReceiveWords</name>
    <message numerus="yes">
        <source>%n association(s)</source>
        <translation>
            <numerusform>%n association</numerusform>
            <numerusform>%n associations</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n refused by destinations</source>
        <translation>
            <numerusform>%n refused by destinations</numerusform>
            <numerusform>%n refused by destinations</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>RX: %n receiving</source>
        <translation>
            <numerusform>RX: %n receiving</numerusform>
            <numerusform>RX: %n receiving</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RuleText</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SendNotices</name>
    <message numerus="yes">
        <source>%Ln instance(s) are on their way to %1.</source>
        <translation>
            <numerusform>%Ln instance is on its way to %1.</numerusform>
            <numerusform>%Ln instances are on their way to %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n destination(s) could not be asked.</source>
        <translation>
            <numerusform>%n destination could not be asked.</numerusform>
            <numerusform>%n destinations could not be asked.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) that you dropped is not on this computer and was not added.</source>
        <translation>
            <numerusform>%n thing that you dropped is not on this computer and was not added.</numerusform>
            <numerusform>%n things that you dropped are not on this computer and were not added.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln instance(s) were sent to %1.</source>
        <translation>
            <numerusform>%Ln instance was sent to %1.</numerusform>
            <numerusform>%Ln instances were sent to %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln instance(s) cannot be sent to %1.</source>
        <translation>
            <numerusform>%Ln instance cannot be sent to %1.</numerusform>
            <numerusform>%Ln instances cannot be sent to %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SendOffer</name>
    <message numerus="yes">
        <source>Send %Ln instance(s)</source>
        <translation>
            <numerusform>Send %Ln instance</numerusform>
            <numerusform>Send %Ln instances</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Send at least %Ln instance(s) to %1</source>
        <translation>
            <numerusform>Send at least %Ln instance to %1</numerusform>
            <numerusform>Send at least %Ln instances to %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Send %Ln instance(s) to %1</source>
        <translation>
            <numerusform>Send %Ln instance to %1</numerusform>
            <numerusform>Send %Ln instances to %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Send %Ln instance(s) to %1 again</source>
        <translation>
            <numerusform>Send %Ln instance to %1 again</numerusform>
            <numerusform>Send %Ln instances to %1 again</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SendTexts</name>
    <message numerus="yes">
        <source>%n destination(s)</source>
        <translation>
            <numerusform>%n destination</numerusform>
            <numerusform>%n destinations</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TraceWords</name>
    <message numerus="yes">
        <source>A-ASSOCIATE-RQ: %1 calls %2, %n presentation context(s)</source>
        <translation>
            <numerusform>A-ASSOCIATE-RQ: %1 calls %2, %n presentation context</numerusform>
            <numerusform>A-ASSOCIATE-RQ: %1 calls %2, %n presentation contexts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>A-ASSOCIATE-AC: accepted, %1 of %n presentation context(s)</source>
        <translation>
            <numerusform>A-ASSOCIATE-AC: accepted, %1 of %n presentation context</numerusform>
            <numerusform>A-ASSOCIATE-AC: accepted, %1 of %n presentation contexts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 bytes in %n fragment(s)</source>
        <translation>
            <numerusform>%1 bytes in %n fragment</numerusform>
            <numerusform>%1 bytes in %n fragments</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>radpost::ui::ActivityPage</name>
    <message numerus="yes">
        <source>%n job(s) need your attention</source>
        <translation>
            <numerusform>%n job needs your attention</numerusform>
            <numerusform>%n jobs need your attention</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>radpost::ui::ArrivalsModel</name>
    <message numerus="yes">
        <source>%n instance(s) came again with another content.</source>
        <translation>
            <numerusform>%n instance came again with another content.</numerusform>
            <numerusform>%n instances came again with another content.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>radpost::ui::AssociationsModel</name>
    <message numerus="yes">
        <source>%1, %n failed</source>
        <translation>
            <numerusform>%1, %n failed</numerusform>
            <numerusform>%1, %n failed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>radpost::ui::BottomStrip</name>
    <message numerus="yes">
        <source>%n job(s) not finished</source>
        <translation>
            <numerusform>%n job not finished</numerusform>
            <numerusform>%n jobs not finished</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n job(s) running</source>
        <translation>
            <numerusform>%n job running</numerusform>
            <numerusform>%n jobs running</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n job(s) wait for a destination</source>
        <translation>
            <numerusform>%n job waits for a destination</numerusform>
            <numerusform>%n jobs wait for a destination</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>radpost::ui::DayCard</name>
    <message numerus="yes">
        <source>%n job(s)</source>
        <translation>
            <numerusform>%n job</numerusform>
            <numerusform>%n jobs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>radpost::ui::DestinationsPage</name>
    <message numerus="yes">
        <source>%n destination(s)</source>
        <translation>
            <numerusform>%n destination</numerusform>
            <numerusform>%n destinations</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n destination(s) added.</source>
        <translation>
            <numerusform>%n destination added.</numerusform>
            <numerusform>%n destinations added.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>radpost::ui::FolderWork</name>
    <message numerus="yes">
        <source>Arrived: %n study(ies)</source>
        <translation>
            <numerusform>Arrived: %n study</numerusform>
            <numerusform>Arrived: %n studies</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n received study(ies)</source>
        <translation>
            <numerusform>%n received study</numerusform>
            <numerusform>%n received studies</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>radpost::ui::JobMenu</name>
    <message numerus="yes">
        <source>Cancel %n instance(s) not sent yet</source>
        <translation>
            <numerusform>Cancel %n instance not sent yet</numerusform>
            <numerusform>Cancel %n instances not sent yet</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>radpost::ui::JobTreeModel</name>
    <message numerus="yes">
        <source>%n to be sent</source>
        <translation>
            <numerusform>%n to be sent</numerusform>
            <numerusform>%n to be sent</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>radpost::ui::LeftOutModel</name>
    <message numerus="yes">
        <source>%Ln file(s) left out</source>
        <translation>
            <numerusform>%Ln file left out</numerusform>
            <numerusform>%Ln files left out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) could not be read</source>
        <translation>
            <numerusform>%Ln file could not be read</numerusform>
            <numerusform>%Ln files could not be read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left out</source>
        <translation>
            <numerusform>%Ln left out</numerusform>
            <numerusform>%Ln left out</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>radpost::ui::NavigationRail</name>
    <message numerus="yes">
        <source>%n need(s) attention</source>
        <translation>
            <numerusform>%n needs attention</numerusform>
            <numerusform>%n need attention</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>radpost::ui::QueryPage</name>
    <message numerus="yes">
        <source>%n study(ies)</source>
        <translation>
            <numerusform>%n study</numerusform>
            <numerusform>%n studies</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n instance(s) of %1 are here.</source>
        <translation>
            <numerusform>%n instance of %1 is here.</numerusform>
            <numerusform>%n instances of %1 are here.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n study(ies) did not come, or not completely.</source>
        <translation>
            <numerusform>%n study did not come, or not completely.</numerusform>
            <numerusform>%n studies did not come, or not completely.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>radpost::ui::ReceivePage</name>
    <message numerus="yes">
        <source>%n instance(s) on the way to %1.</source>
        <translation>
            <numerusform>%n instance on the way to %1.</numerusform>
            <numerusform>%n instances on the way to %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n instance(s) released.</source>
        <translation>
            <numerusform>%n instance released.</numerusform>
            <numerusform>%n instances released.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n instance(s) will not be sent.</source>
        <translation>
            <numerusform>%n instance will not be sent.</numerusform>
            <numerusform>%n instances will not be sent.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n instance(s) wait no longer.</source>
        <translation>
            <numerusform>%n instance waits no longer.</numerusform>
            <numerusform>%n instances wait no longer.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n instance(s) are judged again.</source>
        <translation>
            <numerusform>%n instance is judged again.</numerusform>
            <numerusform>%n instances are judged again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Saving… %n file(s) so far</source>
        <translation>
            <numerusform>Saving… %n file so far</numerusform>
            <numerusform>Saving… %n files so far</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) saved in %1.</source>
        <translation>
            <numerusform>%n file saved in %1.</numerusform>
            <numerusform>%n files saved in %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were there already.</source>
        <translation>
            <numerusform>%n was there already.</numerusform>
            <numerusform>%n were there already.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n have left the store meanwhile.</source>
        <translation>
            <numerusform>%n has left the store meanwhile.</numerusform>
            <numerusform>%n have left the store meanwhile.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Leave %n held instance(s) unsent?</source>
        <translation>
            <numerusform>Leave %n held instance unsent?</numerusform>
            <numerusform>Leave %n held instances unsent?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n got a name with a number: a file of another content had theirs.</source>
        <translation>
            <numerusform>%n got a name with a number: a file of another content had its own.</numerusform>
            <numerusform>%n got a name with a number: files of another content had theirs.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>radpost::ui::ReceivedStudiesModel</name>
    <message numerus="yes">
        <source>%n instance(s) came again with another content; both are kept, the first is sent on.</source>
        <translation>
            <numerusform>%n instance came again with another content; both are kept, the first is sent on.</numerusform>
            <numerusform>%n instances came again with another content; both are kept, the first is sent on.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>radpost::ui::RefusedList</name>
    <message numerus="yes">
        <source>called %n time(s), last %1</source>
        <translation>
            <numerusform>called %n time, last %1</numerusform>
            <numerusform>called %n times, last %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Refused: %n caller(s)</source>
        <translation>
            <numerusform>Refused: %n caller</numerusform>
            <numerusform>Refused: %n callers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>radpost::ui::RetrievalsModel</name>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>radpost::ui::RuleListView</name>
    <message numerus="yes">
        <source>%n rule(s), looked at from the top</source>
        <translation>
            <numerusform>%n rule, looked at from the top</numerusform>
            <numerusform>%n rules, looked at from the top</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>radpost::ui::SendPage</name>
    <message numerus="yes">
        <source>%Ln patient(s)</source>
        <translation>
            <numerusform>%Ln patient</numerusform>
            <numerusform>%Ln patients</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln study(s)</source>
        <translation>
            <numerusform>%Ln study</numerusform>
            <numerusform>%Ln studies</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln instance(s)</source>
        <translation>
            <numerusform>%Ln instance</numerusform>
            <numerusform>%Ln instances</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>radpost::ui::SeriesPane</name>
    <message numerus="yes">
        <source>%Ln instance(s)</source>
        <translation>
            <numerusform>%Ln instance</numerusform>
            <numerusform>%Ln instances</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln frame(s)</source>
        <translation>
            <numerusform>%Ln frame</numerusform>
            <numerusform>%Ln frames</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>radpost::ui::Shell</name>
    <message numerus="yes">
        <source>%n job(s) still running. What should happen to them?</source>
        <translation>
            <numerusform>%n job is still running. What should happen to it?</numerusform>
            <numerusform>%n jobs are still running. What should happen to them?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n job(s) of last time go on.</source>
        <translation>
            <numerusform>%n job of last time goes on.</numerusform>
            <numerusform>%n jobs of last time go on.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n job(s) still running, and receiving is on. What should happen to them?</source>
        <translation>
            <numerusform>%n job is still running, and receiving is on. What should happen to them?</numerusform>
            <numerusform>%n jobs are still running, and receiving is on. What should happen to them?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n study(ies) still on their way from a PACS. What should happen to them?</source>
        <translation>
            <numerusform>%n study is still on its way from a PACS. What should happen to it?</numerusform>
            <numerusform>%n studies are still on their way from a PACS. What should happen to them?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n study(ies) still on their way from a PACS.</source>
        <translation>
            <numerusform>%n study is still on its way from a PACS.</numerusform>
            <numerusform>%n studies are still on their way from a PACS.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>radpost::ui::StoreWork</name>
    <message numerus="yes">
        <source>%n study(ies) held for a decision</source>
        <translation>
            <numerusform>%n study held for a decision</numerusform>
            <numerusform>%n studies held for a decision</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n received study(ies) or series</source>
        <translation>
            <numerusform>%n received study or series</numerusform>
            <numerusform>%n received studies or series</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Judge %n instance(s) that no rule matched again</source>
        <translation>
            <numerusform>Judge %n instance that no rule matched again</numerusform>
            <numerusform>Judge %n instances that no rule matched again</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>radpost::ui::TraceCard</name>
    <message numerus="yes">
        <source>%n record(s)</source>
        <translation>
            <numerusform>%n record</numerusform>
            <numerusform>%n records</numerusform>
        </translation>
    </message>
</context>
</TS>
