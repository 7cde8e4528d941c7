// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "gallery/by_ear.h"
#include "gallery/pages.h"
#include "models/secret_field.h"
#include "models/ui_fonts.h"

#include <QFile>
#include <QQuickItem>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <cstdio>

using namespace parvis;
using namespace Qt::StringLiterals;

namespace {

enum class Build { Plain, Sanitized };
#ifdef __SANITIZE_ADDRESS__
constexpr Build thisBuild = Build::Sanitized;
#else
constexpr Build thisBuild = Build::Plain;
#endif

/// A page has two looks, which run through the same code: each build takes one of them, unless all are asked
/// for.
bool takes(Build look)
{
    return look == thisBuild || qEnvironmentVariableIsSet("PARVIS_ALL_LOOKS");
}

QStringList warnings;

void keepWarning(QtMsgType type, const QMessageLogContext &, const QString &text)
{
    if (type != QtDebugMsg && type != QtInfoMsg)
        warnings += text;
    (void)std::fprintf(stderr, "%s\n", qPrintable(text));
}

} // namespace

/// Every page of the gallery: loads without a warning, and everything that can be used has a role and a name.
class PagesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        installFonts();
        installSecretFields();
        QAccessible::setActive(true);
        m_before = qInstallMessageHandler(keepWarning);
    }

    void cleanupTestCase() { qInstallMessageHandler(m_before); }

    void theWalkFindsAPlantedNamelessButton()
    {
        Stage stage({});
        stage.world.signIn();
        auto *window = stage.open();
        QVERIFY(window);
        QQmlComponent plant(qmlEngine(window->contentItem()));
        plant.setData("import Parvis.Controls\nPrimaryButton { text: '' }", {});
        std::unique_ptr<QObject> planted(plant.create());
        auto *button = qobject_cast<QQuickItem *>(planted.get());
        QVERIFY2(button, qPrintable(plant.errorString()));
        button->setParentItem(window->contentItem());

        const auto faults = accessibleFaults(accessibleNodes(*window));

        QCOMPARE(faults.size(), 1);
        QVERIFY2(faults.first().startsWith("no name"_L1), qPrintable(faults.first()));
    }

    void theWalkFindsATwin()
    {
        AccessibleNode node;
        node.role = QAccessible::Button;
        node.name = u"Envoyer"_s;
        node.actions = QStringList{QAccessibleActionInterface::pressAction()};
        QVERIFY(accessibleFaults({node}).isEmpty());
        QCOMPARE(accessibleFaults({node, node}).size(), 1);
        node.actions.clear();
        QCOMPARE(accessibleFaults({node}).size(), 1);
    }

    void everyPageAboutSecurityHasItsRemark()
    {
        QFile file(QStringLiteral(PARVIS_SOURCE_DIR "/docs/screens.md"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto table = QString::fromUtf8(file.readAll());
        for (const auto &page : securityPages() + encryptionPages())
            QVERIFY2(table.contains(u"\n| `%1` |"_s.arg(page.name)), qPrintable(page.name));
        static const QRegularExpression row(u"\\n\\| `([a-z-]+)` \\|"_s);
        QStringList names;
        for (const auto &page : galleryPages())
            names += page.name;
        for (auto found = row.globalMatch(table); found.hasNext();) {
            const auto name = found.next().captured(1);
            QVERIFY2(names.contains(name), qPrintable(u"no such page: "_s + name));
        }
    }

    void everyPage_data()
    {
        QTest::addColumn<int>("page");
        QTest::addColumn<QString>("language");
        QTest::addColumn<int>("textScale");
        const auto pages = galleryPages();
        for (int i = 0; i < pages.size(); ++i) {
            const auto name = pages.at(i).name.toLatin1();
            if (name == "controls") // a sheet has twins by its nature
                continue;
            if (takes(Build::Sanitized))
                QTest::newRow(name + " fr") << i << u"fr"_s << 100;
            if (takes(Build::Plain))
                QTest::newRow(name + " en") << i << u"en"_s << 200;
        }
    }

    void everyPage()
    {
        QFETCH(int, page);
        QFETCH(QString, language);
        QFETCH(int, textScale);
        const auto it = galleryPages().at(page);
        warnings.clear();
        Look look;
        look.language = language;
        look.textScale = textScale;
        look.size = it.size;
        Stage stage(look);

        auto *window = show(stage, it);

        QVERIFY(window);
        const auto nodes = accessibleNodes(*window);
        const auto faults = accessibleFaults(nodes);
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
        QVERIFY2(warnings.isEmpty(), qPrintable(warnings.join(u'\n')));
        const auto usable =
            std::count_if(nodes.cbegin(), nodes.cend(), [](const auto &n) { return n.interactive(); });
        QVERIFY2(it.name == "starting"_L1 || usable >= 2, "the page has next to nothing to use");
    }

    void tabReachesAllAndWhatItReachesIsInSight_data()
    {
        QTest::addColumn<int>("page");
        QTest::addColumn<QSize>("size");
        QTest::addColumn<int>("textScale");
        const auto pages = galleryPages();
        for (int i = 0; i < pages.size(); ++i) {
            const auto name = pages.at(i).name.toLatin1();
            if (name == "starting" || name == "room-menu"
                || name == "files-menu") // nothing to reach; a menu is no matter of Tab
                continue;
            const bool sheet = name == "controls"; // larger than any small window
            if (takes(Build::Sanitized) || sheet)
                QTest::newRow(name + " wide") << i << QSize(1280, 800) << 100;
            if (takes(Build::Plain) && !sheet)
                QTest::newRow(name + " small") << i << QSize(480, 480) << 200;
        }
    }

    void tabReachesAllAndWhatItReachesIsInSight()
    {
        QFETCH(int, page);
        QFETCH(QSize, size);
        QFETCH(int, textScale);
        Look look;
        look.textScale = textScale;
        look.size = size;
        Stage stage(look);
        auto *window = show(stage, galleryPages().at(page));
        QVERIFY(window);

        QSet<QObject *> reached;
        for (int i = 0; i < 80; ++i) {
            stage.press(Qt::Key_Tab);
            auto *holder = window->activeFocusItem();
            if (reached.contains(holder))
                break;
            reached += holder;
            QVERIFY2(inSight(holder),
                     qPrintable(u"out of sight after %1: %2"_s.arg(i + 1).arg(focusName(stage))));
        }

        const bool asked = inOverlay(window->activeFocusItem()); // what lies under a question waits
        for (const auto &node : accessibleNodes(*window)) {
            auto *item = qobject_cast<QQuickItem *>(node.object);
            if (!node.control() || !item || !item->isEnabled() || inOverlay(item) != asked)
                continue;
            if (node.role != QAccessible::RadioButton || node.state.checked) // arrows reach the other answers
                QVERIFY2(reached.contains(item), qPrintable(u"not reached: "_s + node.name));
        }
    }

private:
    /// All of it, or as much as its place can show.
    static bool inSight(QQuickItem *item)
    {
        if (!item)
            return false;
        auto seen = item->mapRectToScene(QRectF({}, item->size()));
        auto place = QRectF({}, item->window()->size());
        const auto whole = seen.size();
        for (auto *above = item->parentItem(); above; above = above->parentItem()) {
            if (above->clip())
                place &= above->mapRectToScene(QRectF({}, above->size()));
        }
        seen &= place;
        return seen.height() > std::min(whole.height(), place.height()) - 1
            && seen.width() > std::min(whole.width(), place.width()) - 1 && !seen.isEmpty();
    }

    static bool inOverlay(QQuickItem *item)
    {
        while (item && !item->inherits("QQuickOverlay"))
            item = item->parentItem();
        return item != nullptr;
    }

    QtMessageHandler m_before = nullptr;
};

QTEST_MAIN(PagesTest)
#include "tst_pages.moc"
