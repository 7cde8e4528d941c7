// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// The program with a window, under the eyes of WindowWatch:
//
//   watched_window --profile DIR
#include "models/secret_field.h"
#include "models/security_model.h"
#include "models/timeline_model.h"
#include "models/ui_fonts.h"

#include <QGuiApplication>
#include <QQuickStyle>

#include "application.h"
#include "command_line.h"
#include "process_hardening.h"
#include "window_watch.h"

using namespace Qt::StringLiterals;

namespace parvis::bench {

namespace {

class Screen final : public WatchedScreen
{
public:
    explicit Screen(QQuickWindow &window)
        : m_window(window), m_app(qvariant_cast<QObject *>(window.property("app")))
    {
    }

    [[nodiscard]] bool showsRooms() override
    {
        if (!m_rooms)
            m_rooms = findItem(m_window.contentItem(), listView, "openRoomId");
        return showsRow(m_rooms);
    }
    [[nodiscard]] int rooms() override { return model("rooms")->rowCount(); }
    [[nodiscard]] bool open(int row) override
    {
        const QAbstractItemModel *rooms = model("rooms");
        const QString id = rooms->data(rooms->index(row, 0), rooms->roleNames().key("roomId")).toString();
        if (id.isEmpty())
            return false;
        m_opened = id;
        QMetaObject::invokeMethod(m_app, "openRoom", Q_ARG(QString, id));
        return true;
    }
    [[nodiscard]] bool showsMessages() override
    {
        return timeline().roomId() == m_opened && showsRow(messages());
    }
    [[nodiscard]] QQuickItem *messages() override
    {
        if (!m_messages)
            m_messages = findItem(m_window.contentItem(), listView, "timeline");
        return m_messages;
    }
    void leaveNewest() override
    {
        if (QQuickItem *view = findItem(m_window.contentItem(), "QQuickFocusScope", "stuck"))
            view->setProperty("stuck", false); // as the end of a movement with the wheel does
    }
    [[nodiscard]] bool hasMore() override
    {
        timeline().loadOlder();
        return !timeline().atStart();
    }
    [[nodiscard]] bool type(const QString &text) override
    {
        if (!m_field)
            m_field = findItem(m_window.contentItem(), "QQuickTextArea", "composer");
        if (!m_field || !m_field->isVisible())
            return false;
        m_typed = text;
        m_field->forceActiveFocus();
        return m_field->setProperty("text", text);
    }
    [[nodiscard]] bool showsTyped() override
    {
        const TimelineModel &lines = timeline();
        return lines.data(lines.index(0, 0), TimelineModel::BodyRole).toString() == m_typed
            && showsRow(messages());
    }
    /// `import FILE PASSPHRASE`, and `importing`, which answers with `busy`.
    [[nodiscard]] std::optional<QJsonObject> answer(const QList<QByteArray> &words) override
    {
        auto *security = qobject_cast<SecurityModel *>(qvariant_cast<QObject *>(m_app->property("security")));
        KeyFilesModel &files = *security->keyFiles();
        if (words.first() == "import" && words.size() == 3)
            files.importFrom(QString::fromUtf8(words.at(1)), QString::fromUtf8(words.at(2)));
        else if (words.first() != "importing")
            return std::nullopt;
        return QJsonObject{{u"busy"_s, files.busy()}, {u"result"_s, files.resultText()}};
    }

private:
    [[nodiscard]] QAbstractItemModel *model(const char *name) const
    {
        return qobject_cast<QAbstractItemModel *>(qvariant_cast<QObject *>(m_app->property(name)));
    }
    [[nodiscard]] TimelineModel &timeline() const
    {
        return *qobject_cast<TimelineModel *>(model("timeline"));
    }

    QQuickWindow &m_window;
    QObject *m_app;
    QPointer<QQuickItem> m_rooms, m_messages, m_field;
    QString m_opened, m_typed;
};

int run()
{
    parvis::Application application(parvis::CommandLine::read());
    if (!application.open() || QGuiApplication::topLevelWindows().isEmpty())
        return 1;
    auto *window = qobject_cast<QQuickWindow *>(QGuiApplication::topLevelWindows().constFirst());
    if (!window)
        return 1;
    Screen screen(*window);
    const WindowWatch watch(*window, screen);
    return QGuiApplication::exec();
}

} // namespace

} // namespace parvis::bench

int main(int argc, char **argv)
{
    parvis::hardenProcess();
    QGuiApplication::setApplicationName(u"parvis"_s);
    QGuiApplication app(argc, argv);
    QQuickStyle::setStyle(u"Basic"_s);
    parvis::installFonts();
    parvis::installSecretFields();
    return parvis::bench::run();
}
