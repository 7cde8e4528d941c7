// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/icon_provider.h"
#include "models/ui_fonts.h"

#include <QQmlEngine>
#include <QtQuickTest>

class Setup : public QObject
{
    Q_OBJECT

public Q_SLOTS:
    void qmlEngineAvailable(QQmlEngine *engine)
    {
        parvis::installFonts();
        engine->addImportPath(QStringLiteral("qrc:/qt/qml"));
        engine->addImageProvider(QStringLiteral("icon"), new parvis::IconProvider);
    }
};

QUICK_TEST_MAIN_WITH_SETUP(parvis, Setup)
#include "tst_qml.moc"
