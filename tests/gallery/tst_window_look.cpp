// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "gallery/by_ear.h"
#include "models/secret_field.h"
#include "models/ui_fonts.h"

#include <QQuickItem>
#include <QTest>

#include <algorithm>

using namespace parvis;
using namespace Qt::StringLiterals;

/// What is drawn, where a screen reader hears something else or nothing.
class WindowLookTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        installFonts();
        installSecretFields();
        QAccessible::setActive(true);
    }

    void aDraftIsNotSomebodyElsesSentence()
    {
        Stage stage({});
        stage.world.signIn();
        QVERIFY(stage.open());
        QVERIFY(drawn(stage, u"Samir : la note"_s));
        QVERIFY(drawn(stage, u"Brouillon"_s));
        QVERIFY(!drawn(stage, u"merci à tous"_s));
    }

    void whatWaitsForThePersonEndsWhereTheTimesEnd()
    {
        Stage stage({});
        stage.world.signIn();
        QVERIFY(stage.open());
        QList<qreal> ends;
        for (auto *words : shown(stage, "RoomWords")) {
            for (auto *sign : words->childItems()) {
                const bool right = sign->isVisible() && sign->x() > words->width() / 2;
                if (right && !QByteArray(sign->metaObject()->className()).startsWith("Tag"))
                    ends += sign->x() + sign->width() - words->width();
            }
        }
        QVERIFY(ends.size() > 5);
        for (const auto end : ends)
            QCOMPARE(end, 0);
    }

    void theMarkOfAnEditedMessageHasItsPlace_data()
    {
        QTest::addColumn<int>("width");
        QTest::newRow("after the last word") << 1280;
        QTest::newRow("below the text") << 1000;
        QTest::newRow("one column") << 480;
    }

    void theMarkOfAnEditedMessageHasItsPlace()
    {
        QFETCH(int, width);
        Look look;
        look.size = {width, 640};
        Stage stage(look);
        stage.world.signIn();
        QVERIFY(stage.open());
        stage.goTo(SampleWorld::crisisRoom());
        int marks = 0;
        for (auto *line : shown(stage, "MessageDelegate")) {
            for (auto *mark : all(stage)) {
                if (!line->isAncestorOf(mark) || mark->property("text").toString() != u"(modifié)"_s)
                    continue;
                ++marks;
                const auto place = mark->mapRectToItem(line, {0, 0, mark->width(), mark->height()});
                QVERIFY2(place.bottom() <= line->height(), "the mark lies over the next line");
                QVERIFY2(place.right() <= line->width(), "the mark lies beside the line");
            }
        }
        QVERIFY(marks > 0);
    }

    void theFieldShowsQuietlyThatItHasTheKeyboard()
    {
        Stage stage({});
        stage.world.signIn();
        QVERIFY(stage.open());
        stage.goTo(SampleWorld::directRoom());
        QCOMPARE(focusName(stage), u"Message"_s);
        const auto composer = shown(stage, "Composer").first();
        const auto rings = shown(stage, "FocusRing");
        QVERIFY(std::none_of(rings.cbegin(), rings.cend(),
                             [&](auto *ring) { return composer->isAncestorOf(ring); }));
        const auto held = frameOf(composer);

        stage.press(Qt::Key_F6);

        QVERIFY(focusName(stage) != "Message"_L1);
        QVERIFY(held.isValid() && frameOf(composer) != held);
    }

private:
    static QList<QQuickItem *> all(Stage &stage)
    {
        QList<QQuickItem *> found{stage.window()->contentItem()};
        for (qsizetype i = 0; i < found.size(); ++i)
            found += found.at(i)->childItems();
        found.removeIf([](auto *item) { return !item->isVisible(); });
        return found;
    }

    static QList<QQuickItem *> shown(Stage &stage, const QByteArray &type)
    {
        auto found = all(stage);
        found.removeIf([&](auto *item) {
            const QByteArray name = item->metaObject()->className();
            return name != type && !name.startsWith(type + "_QML");
        });
        return found;
    }

    static bool drawn(Stage &stage, const QString &text)
    {
        const auto found = all(stage);
        return std::any_of(found.cbegin(), found.cend(), [&](auto *item) {
            return item->property("text").toString().replace(QChar(0xa0), u' ').contains(text);
        });
    }

    /// The colour of the line around the field.
    static QColor frameOf(QQuickItem *composer)
    {
        for (auto *item : composer->childItems()) {
            if (auto *border = item->property("border").value<QObject *>())
                return border->property("color").value<QColor>();
        }
        return {};
    }
};

QTEST_MAIN(WindowLookTest)
#include "tst_window_look.moc"
