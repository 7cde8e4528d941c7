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
</context>
</TS>
