# SPDX-FileCopyrightText: Parvis contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who lives in the demo world. All of them are invented."""

PASSWORD = "parvis-demo"
DEMO = "demo"

# login: (name, organisation); a display name is "name [organisation]", as administrations write it
PEOPLE = {
    "demo": ("Camille Durand", "Préfecture du Rhône"),
    "claire.moreau": ("Claire Moreau", "Préfecture du Rhône"),
    "julien.petit": ("Julien Petit", "Préfecture du Rhône"),
    "amina.benali": ("Amina Benali", "Métropole de Lyon"),
    "thomas.nguyen": ("Thomas Nguyen", "Direction du numérique"),
    "sophie.lefevre": ("Sophie Lefèvre", "Finances publiques"),
    "yann.le-goff": ("Yann Le Goff", "Sécurité civile"),
    "helene.faure": ("Hélène Faure", "Agence régionale de santé"),
    "marc.dubreuil": ("Marc Dubreuil", "Rectorat de Lyon"),
    "fatou.diallo": ("Fatou Diallo", "Direction du numérique"),
    "etienne.roussel": ("Étienne Roussel", "Archives départementales"),
    "ines.garcia": ("Inès Garcia", "Transition écologique"),
    "paul.girard": ("Paul Girard", "Atelier Girard"),
    "anna.kowalska": ("Anna Kowalska", "Ministry of Digital Affairs"),
    "lars.jensen": ("Lars Jensen", "Agency for Digital Government"),
}


def display_name(login):
    name, organisation = PEOPLE[login]
    return f"{name} [{organisation}]"
