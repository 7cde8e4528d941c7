// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "gallery/accessible_walk.h"
#include "gallery/pages.h"
#include "models/secret_field.h"
#include "models/ui_fonts.h"

#include <QQuickItem>
#include <QTest>

using namespace parvis;
using namespace Qt::StringLiterals;

namespace {

QStringList warnings;

void keepWarning(QtMsgType type, const QMessageLogContext &, const QString &text)
{
    if (type != QtDebugMsg && type != QtInfoMsg)
        warnings += text;
    fprintf(stderr, "%s\n", qPrintable(text));
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

    void everyPage_data()
    {
        QTest::addColumn<int>("page");
        QTest::addColumn<QString>("language");
        QTest::addColumn<int>("textScale");
        const auto pages = galleryPages();
        for (int i = 0; i < pages.size(); ++i) {
            const auto name = pages.at(i).name.toLatin1();
            QTest::newRow(name + " fr") << i << u"fr"_s << 100;
            QTest::newRow(name + " en") << i << u"en"_s << 200;
        }
    }

    void everyPage()
    {
        QFETCH(int, page);
        QFETCH(QString, language);
        QFETCH(int, textScale);
        const auto it = galleryPages().at(page);
        if (it.name == "controls"_L1)
            QSKIP("a sheet has twins by its nature");
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

private:
    QtMessageHandler m_before = nullptr;
};

QTEST_MAIN(PagesTest)
#include "tst_pages.moc"
