// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
import QtQuick
import QtTest
import Parvis.Theme

/// Every text colour on every ground it can stand on: 4.5:1; borders of controls: 3:1.
TestCase {
    id: root

    name: "Contrast"

    function channel(value: real): real {
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4)
    }

    function luminance(c: color): real {
        return 0.2126 * channel(c.r) + 0.7152 * channel(c.g) + 0.0722 * channel(c.b)
    }

    function ratio(a: color, b: color): real {
        const la = luminance(a)
        const lb = luminance(b)
        return (Math.max(la, lb) + 0.05) / (Math.min(la, lb) + 0.05)
    }

    function test_theMeasureItself() {
        fuzzyCompare(ratio(Qt.color("#000000"), Qt.color("#ffffff")), 21, 0.01)
        fuzzyCompare(ratio(Qt.color("#777777"), Qt.color("#ffffff")), 4.48, 0.01)
    }

    function test_text_data() {
        const surfaces = ["base", "sunken", "raised", "hover", "selected", "own", "mention"]
        const texts = ["text1", "text2", "text3", "link", "accent", "danger", "warning", "success", "info"]
        const pairs = []
        for (const text of texts) {
            for (const surface of surfaces)
                pairs.push([text, surface])
        }
        const own = [["inkOnAccent", "accent"], ["inkOnAccent", "accentHover"], ["inkOnDanger", "danger"],
            ["inkOnPromise", "promise"], ["warning", "warningGround"], ["success", "successGround"], ["info", "infoGround"],
            ["danger", "dangerGround"], ["text1", "warningGround"], ["text1", "dangerGround"],
            ["text1", "infoGround"], ["text2", "line"], ["base", "text1"]]
        return pairs.concat(own).map(pair => ({ tag: pair.join(" on "), ink: pair[0], ground: pair[1] }))
    }

    function test_text(data) {
        for (const set of [Theme.lightColours, Theme.darkColours]) {
            const found = ratio(set[data.ink], set[data.ground])
            verify(found >= 4.5, "%1 gives %2".arg(data.tag).arg(found.toFixed(2)))
        }
    }

    function test_borders() {
        for (const set of [Theme.lightColours, Theme.darkColours]) {
            for (const surface of ["base", "sunken", "raised"]) {
                verify(ratio(set.lineStrong, set[surface]) >= 3, surface)
                verify(ratio(set.accent, set[surface]) >= 3, surface)
            }
        }
    }

    function test_initials() {
        compare(Theme.avatarGrounds.length, 7)
        for (const ground of Theme.avatarGrounds)
            verify(ratio(Theme.inkOnAvatar, ground) >= 4.5, ground)
    }

    function test_textGrowsWithThePersonsScale() {
        Theme.textScale = 2
        compare(Theme.message.pixelSize, 30)
        compare(Theme.message.lineHeight, 44)
        verify(Theme.control >= 72)
        Theme.textScale = 0.8
        compare(Theme.message.pixelSize, 12)
        compare(Theme.control, 36)
        Theme.textScale = 1
    }
}
