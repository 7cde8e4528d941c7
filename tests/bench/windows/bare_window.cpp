// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
//
// What a page of messages cannot be shown for less than: one query of an encrypted file, and plain rows of
// text in a list.
//
//   bare_window DATABASE      the rooms of a cache.db that floors/first_sync made; `open` reads a page of one
//   bare_window --rows N      N rows of text; 20 of them are as high as the window
#include "store/database.h"

#include <QGuiApplication>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QStringListModel>

#include <cstdio>
#include <memory>

#include "made_up_language.h"
#include "window_watch.h"

using namespace Qt::StringLiterals;

namespace parvis::bench {

namespace {

constexpr int page = 50;        // as the timeline asks for first
constexpr int longestRow = 100; // a message's usual length

constexpr const char *qml = R"(
import QtQuick
Window {
    id: root
    required property var rows
    visible: true
    width: 1280
    height: 800
    ListView {
        property bool bare: true
        x: 380
        width: 900
        height: parent.height
        model: root.rows
        clip: true
        reuseItems: true
        cacheBuffer: 400
        verticalLayoutDirection: ListView.BottomToTop
        delegate: Text {
            required property string display
            width: 900
            height: 40
            text: display
            textFormat: Text.PlainText
            elide: Text.ElideRight
        }
    }
}
)";

class Bare final : public WatchedScreen
{
public:
    [[nodiscard]] bool openDatabase(const QString &path)
    {
        DatabaseOptions options;
        options.path = path;
        options.create = false;
        options.pageCacheKiB = 32 * 1024; // as the product's
        auto opened = Database::open(options, Secret(QByteArray(32, 'k')));
        if (!opened)
            return false;
        m_database = *std::move(opened);
        const auto ids = m_database->all("SELECT id FROM rooms ORDER BY recency DESC",
                                         [](const Statement &s) { return s.get<qint64>(0); });
        m_ids = ids.value_or(QList<qint64>());
        return !m_ids.isEmpty();
    }
    void makeRows(int count)
    {
        MadeUpLanguage language;
        QStringList rows;
        for (int i = 0; i < count; ++i)
            rows.append(language.sentence());
        m_rows.setStringList(rows);
    }
    void watch(QQuickWindow &window) { m_list = findItem(window.contentItem(), listView, "bare"); }
    [[nodiscard]] QStringListModel &rowsModel() { return m_rows; }

    [[nodiscard]] bool showsRooms() override { return false; }
    [[nodiscard]] int rooms() override { return int(m_ids.size()); }
    [[nodiscard]] bool open(int row) override
    {
        if (row < 0 || row >= m_ids.size())
            return false;
        const auto texts = m_database->all(
            "SELECT sender, ts, coalesce(clear, raw) FROM events WHERE room = ? AND chunk >= 0"
            " ORDER BY chunk DESC, place DESC LIMIT ?",
            [](const Statement &s) {
                return QString(s.get<QString>(0) + u' ' + s.get<QString>(2)).left(longestRow);
            },
            m_ids.at(row), page);
        m_rows.setStringList(texts.value_or(QStringList()));
        return !m_rows.stringList().isEmpty();
    }
    [[nodiscard]] bool showsMessages() override { return showsRow(m_list); }
    [[nodiscard]] QQuickItem *messages() override { return m_list; }
    [[nodiscard]] bool hasMore() override { return false; }

private:
    std::unique_ptr<Database> m_database;
    QList<qint64> m_ids;
    QStringListModel m_rows;
    QPointer<QQuickItem> m_list;
};

int run(const QStringList &arguments)
{
    Bare bare;
    if (arguments.size() == 3 && arguments.at(1) == "--rows"_L1)
        bare.makeRows(arguments.at(2).toInt());
    else if (arguments.size() != 2 || !bare.openDatabase(arguments.at(1))) {
        (void)std::fprintf(stderr, "bare_window DATABASE | --rows N\n");
        return 2;
    }
    QQmlEngine engine;
    QQmlComponent component(&engine);
    component.setData(qml, {});
    const std::unique_ptr<QObject> made(
        component.createWithInitialProperties({{u"rows"_s, QVariant::fromValue(&bare.rowsModel())}}));
    auto *window = qobject_cast<QQuickWindow *>(made.get());
    if (!window)
        return 1;
    bare.watch(*window);
    const WindowWatch watch(*window, bare);
    return QGuiApplication::exec();
}

} // namespace

} // namespace parvis::bench

int main(int argc, char **argv)
{
    const QGuiApplication application(argc, argv);
    return parvis::bench::run(QGuiApplication::arguments());
}
