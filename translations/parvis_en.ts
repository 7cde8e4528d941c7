<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>HomeButton</name>
    <message numerus="yes">
        <source>Conversations, %n unread</source>
        <translation>
            <numerusform>Conversations, %n unread</numerusform>
            <numerusform>Conversations, %n unread</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SignOutDevicesDialog</name>
    <message numerus="yes">
        <source>Sign out %n device(s)?</source>
        <translation>
            <numerusform>Sign out %n device?</numerusform>
            <numerusform>Sign out %n devices?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It can then neither read nor write in your name, and has to sign in anew. Messages whose keys it alone has cannot be read any more.</source>
        <translation>
            <numerusform>It can then neither read nor write in your name, and has to sign in anew. Messages whose keys it alone has cannot be read any more.</numerusform>
            <numerusform>They can then neither read nor write in your name, and have to sign in anew. Messages whose keys they alone have cannot be read any more.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n device(s) are signed out.</source>
        <translation>
            <numerusform>%n device is signed out.</numerusform>
            <numerusform>%n devices are signed out.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VerificationDialog</name>
    <message numerus="yes">
        <source>%n more verification(s) follow.</source>
        <translation>
            <numerusform>%n more verification follows.</numerusform>
            <numerusform>%n more verifications follow.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>parvis::DesktopNotifier</name>
    <message numerus="yes">
        <source>New messages in %n conversation(s)</source>
        <translation>
            <numerusform>New messages in %n conversation</numerusform>
            <numerusform>New messages in %n conversations</numerusform>
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
        <source>%n new message(s)</source>
        <translation>
            <numerusform>%n new message</numerusform>
            <numerusform>%n new messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>parvis::EncryptionModel</name>
    <message numerus="yes">
        <source>%n key(s) still to be backed up; this goes on by itself.</source>
        <translation>
            <numerusform>%n key still to be backed up; this goes on by itself.</numerusform>
            <numerusform>%n keys still to be backed up; this goes on by itself.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>parvis::ErrorText</name>
    <message numerus="yes">
        <source>Too many attempts. Try again in %n second(s).</source>
        <extracomment>%n: how long the server asks to wait</extracomment>
        <translation>
            <numerusform>Too many attempts. Try again in %n second.</numerusform>
            <numerusform>Too many attempts. Try again in %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>parvis::FileTrayModel</name>
    <message numerus="yes">
        <source>No more than %n file(s) at once: the others were not joined.</source>
        <translation>
            <numerusform>No more than %n file at once: the others were not joined.</numerusform>
            <numerusform>No more than %n files at once: the others were not joined.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>parvis::KeyFilesModel</name>
    <message numerus="yes">
        <source>%n characters or more; five words are better. Nobody can give it back to you.</source>
        <translation>
            <numerusform>%n character or more; five words are better. Nobody can give it back to you.</numerusform>
            <numerusform>%n characters or more; five words are better. Nobody can give it back to you.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Too easy to guess. %n characters or more; five words are better.</source>
        <translation>
            <numerusform>Too easy to guess. %n character or more; five words are better.</numerusform>
            <numerusform>Too easy to guess. %n characters or more; five words are better.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) written. Whoever has the file and the passphrase can read your messages.</source>
        <translation>
            <numerusform>%n key written. Whoever has the file and the passphrase can read your messages.</numerusform>
            <numerusform>%n keys written. Whoever has the file and the passphrase can read your messages.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new key(s) taken in. Their messages become readable.</source>
        <translation>
            <numerusform>%n new key taken in. Its messages become readable.</numerusform>
            <numerusform>%n new keys taken in. Their messages become readable.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) restored. Their messages become readable.</source>
        <translation>
            <numerusform>%n key restored. Its messages become readable.</numerusform>
            <numerusform>%n keys restored. Their messages become readable.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>parvis::ReaderSentences</name>
    <message numerus="yes">
        <source>%1 and %n other(s)</source>
        <extracomment>1: names of people, separated by commas</extracomment>
        <translation>
            <numerusform>%1 and %n other</numerusform>
            <numerusform>%1 and %n others</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n member(s) cannot read what you write here.</source>
        <translation>
            <numerusform>%n member cannot read what you write here.</numerusform>
            <numerusform>%n members cannot read what you write here.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 cannot read what you write here.</source>
        <extracomment>1: so many names of people</extracomment>
        <translation>
            <numerusform>%1 cannot read what you write here.</numerusform>
            <numerusform>%1 cannot read what you write here.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>What you write here cannot be read on %n device(s).</source>
        <translation>
            <numerusform>What you write here cannot be read on %n device.</numerusform>
            <numerusform>What you write here cannot be read on %n devices.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>What you write here cannot be read on %n of your devices.</source>
        <translation>
            <numerusform>What you write here cannot be read on %n of your devices.</numerusform>
            <numerusform>What you write here cannot be read on %n of your devices.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>What you write here cannot be read on %n device(s): %1.</source>
        <extracomment>Of devices. 1: names of people, perhaps with &quot;You&quot; among them</extracomment>
        <translation>
            <numerusform>What you write here cannot be read on %n device: %1.</numerusform>
            <numerusform>What you write here cannot be read on %n devices: %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>What you write here is also read on %n device(s) that nobody has verified.</source>
        <translation>
            <numerusform>What you write here is also read on %n device that nobody has verified.</numerusform>
            <numerusform>What you write here is also read on %n devices that nobody has verified.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>What you write here is also read on %n device(s) that nobody has verified: %1.</source>
        <extracomment>Of devices. 1: names of people, perhaps with &quot;You&quot; among them</extracomment>
        <translation>
            <numerusform>What you write here is also read on %n device that nobody has verified: %1.</numerusform>
            <numerusform>What you write here is also read on %n devices that nobody has verified: %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>parvis::RoomListModel</name>
    <message numerus="yes">
        <source>%n message(s) for you</source>
        <translation>
            <numerusform>%n message for you</numerusform>
            <numerusform>%n messages for you</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unread message(s)</source>
        <translation>
            <numerusform>%n unread message</numerusform>
            <numerusform>%n unread messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>parvis::SearchModel</name>
    <message numerus="yes">
        <source>More than %n message(s) found</source>
        <translation>
            <numerusform>More than %n message found</numerusform>
            <numerusform>More than %n messages found</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) found</source>
        <translation>
            <numerusform>%n message found</numerusform>
            <numerusform>%n messages found</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>In %n conversation(s) some cannot be read, and are not found.</source>
        <translation>
            <numerusform>In %n conversation some cannot be read, and are not found.</numerusform>
            <numerusform>In %n conversations some cannot be read, and are not found.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) cannot be read, and are not found.</source>
        <translation>
            <numerusform>%n message cannot be read, and is not found.</numerusform>
            <numerusform>%n messages cannot be read, and are not found.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Older messages are being fetched: %n conversation(s) left.</source>
        <translation>
            <numerusform>Older messages are being fetched: %n conversation left.</numerusform>
            <numerusform>Older messages are being fetched: %n conversations left.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>parvis::Sentences</name>
    <message numerus="yes">
        <source>The keys of %n message(s) have not arrived on this device yet.</source>
        <translation>
            <numerusform>The key of %n message has not arrived on this device yet.</numerusform>
            <numerusform>The keys of %n messages have not arrived on this device yet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) were sent before this device existed.</source>
        <translation>
            <numerusform>%n message was sent before this device existed.</numerusform>
            <numerusform>%n messages were sent before this device existed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) were sent before you joined.</source>
        <translation>
            <numerusform>%n message was sent before you joined.</numerusform>
            <numerusform>%n messages were sent before you joined.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) were not shared with this device.</source>
        <translation>
            <numerusform>%n message was not shared with this device.</numerusform>
            <numerusform>%n messages were not shared with this device.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) were shared with verified devices only.</source>
        <translation>
            <numerusform>%n message was shared with verified devices only.</numerusform>
            <numerusform>%n messages were shared with verified devices only.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) copy others and are not shown.</source>
        <translation>
            <numerusform>%n message copies another one and is not shown.</numerusform>
            <numerusform>%n messages copy others and are not shown.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) do not come from the people they name and are not shown.</source>
        <translation>
            <numerusform>%n message does not come from the person it names and is not shown.</numerusform>
            <numerusform>%n messages do not come from the people they name and are not shown.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) are damaged and cannot be read.</source>
        <translation>
            <numerusform>%n message is damaged and cannot be read.</numerusform>
            <numerusform>%n messages are damaged and cannot be read.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) are encrypted in a way that this version does not know.</source>
        <translation>
            <numerusform>%n message is encrypted in a way that this version does not know.</numerusform>
            <numerusform>%n messages are encrypted in a way that this version does not know.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The keys of %n message(s) are being fetched from your key backup.</source>
        <translation>
            <numerusform>The key of %n message is being fetched from your key backup.</numerusform>
            <numerusform>The keys of %n messages are being fetched from your key backup.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) were sent before this device existed. Their keys may be in your key backup, which this device cannot open yet.</source>
        <translation>
            <numerusform>%n message was sent before this device existed. Its key may be in your key backup, which this device cannot open yet.</numerusform>
            <numerusform>%n messages were sent before this device existed. Their keys may be in your key backup, which this device cannot open yet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) were sent before this device existed, and your key backup does not have their keys.</source>
        <translation>
            <numerusform>%n message was sent before this device existed, and your key backup does not have its key.</numerusform>
            <numerusform>%n messages were sent before this device existed, and your key backup does not have their keys.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) are older than the keys that this device got.</source>
        <translation>
            <numerusform>%n message is older than the keys that this device got.</numerusform>
            <numerusform>%n messages are older than the keys that this device got.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>parvis::SessionModel</name>
    <message numerus="yes">
        <source>%n message(s) not sent yet</source>
        <translation>
            <numerusform>%n message not sent yet</numerusform>
            <numerusform>%n messages not sent yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n draft(s)</source>
        <translation>
            <numerusform>%n draft</numerusform>
            <numerusform>%n drafts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>parvis::TimelineModel</name>
    <message numerus="yes">
        <source>%n member(s)</source>
        <translation>
            <numerusform>%n member</numerusform>
            <numerusform>%n members</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) can be read now.</source>
        <translation>
            <numerusform>%n message can be read now.</numerusform>
            <numerusform>%n messages can be read now.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Asked again for the keys of %n message(s): what comes can be read here at once.</source>
        <translation>
            <numerusform>Asked again for the key of %n message: it can be read here once it comes.</numerusform>
            <numerusform>Asked again for the keys of %n messages: they can be read here once these come.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>parvis::TimelineRows</name>
    <message numerus="yes">
        <source>%1 and %n other(s)</source>
        <extracomment>1: names of people</extracomment>
        <translation>
            <numerusform>%1 and %n other</numerusform>
            <numerusform>%1 and %n others</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s): %1</source>
        <extracomment>Of a conversation: its name, its members. 1: names of those who made them</extracomment>
        <translation>
            <numerusform>%n change: %1</numerusform>
            <numerusform>%n changes: %1</numerusform>
        </translation>
    </message>
</context>
</TS>
