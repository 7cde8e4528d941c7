// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "models/verification_model.h"

#include <QPointer>
#include <QQuickPaintedItem>

namespace parvis {

/// Paints the QR code of a verification, in whole pixels. Black on white whatever the theme: cameras expect
/// it.
class QrItem : public QQuickPaintedItem
{
    Q_OBJECT
    QML_ELEMENT

    Q_PROPERTY(parvis::VerificationModel *verification READ verification WRITE setVerification NOTIFY
                   verificationChanged)

public:
    explicit QrItem(QQuickItem *parent = nullptr) : QQuickPaintedItem(parent) {}

    void paint(QPainter *painter) override;

    [[nodiscard]] VerificationModel *verification() const { return m_verification; }
    void setVerification(VerificationModel *verification);

Q_SIGNALS:
    void verificationChanged();

private:
    QPointer<VerificationModel> m_verification;
};

} // namespace parvis
