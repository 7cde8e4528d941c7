<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>AboutSection</name>
    <message>
        <source>About Parvis</source>
        <translation>À propos de Parvis</translation>
    </message>
    <message>
        <source>Version %1</source>
        <translation>Version %1</translation>
    </message>
    <message>
        <source>Free software under the European Union Public Licence, version 1.2. It speaks Matrix, an open standard.</source>
        <translation>Logiciel libre sous licence publique de l’Union européenne, version 1.2. Il parle Matrix, un standard ouvert.</translation>
    </message>
    <message>
        <source>Built on Qt and libqrencode (LGPL), SQLCipher, libolm, OpenSSL and zxing-cpp; icons by Lucide (ISC), letters by Inter (OFL).</source>
        <translation>Construit sur Qt et libqrencode (LGPL), SQLCipher, libolm, OpenSSL et zxing-cpp&#xa0;; icônes de Lucide (ISC), caractères Inter (OFL).</translation>
    </message>
</context>
<context>
    <name>AccountButton</name>
    <message>
        <source>Account of %1</source>
        <translation>Compte de %1</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Paramètres</translation>
    </message>
    <message>
        <source>Sign out…</source>
        <translation>Se déconnecter…</translation>
    </message>
</context>
<context>
    <name>AccountSection</name>
    <message>
        <source>Account</source>
        <translation>Compte</translation>
    </message>
    <message>
        <source>Sign out…</source>
        <translation>Se déconnecter…</translation>
    </message>
</context>
<context>
    <name>AppView</name>
    <message>
        <source>Parvis is opening…</source>
        <translation>Parvis s’ouvre…</translation>
    </message>
    <message>
        <source>If your system asks to unlock your keychain, please answer: the key of your messages lies there.</source>
        <translation>Si votre système demande à déverrouiller votre trousseau, répondez-lui&#xa0;: la clé de vos messages s’y trouve.</translation>
    </message>
</context>
<context>
    <name>Badge</name>
    <message>
        <source>99+</source>
        <extracomment>More messages than a small sign can say</extracomment>
        <translation>99+</translation>
    </message>
</context>
<context>
    <name>ChangesDelegate</name>
    <message>
        <source>Show each of them</source>
        <translation>Les afficher un à un</translation>
    </message>
</context>
<context>
    <name>CloseGuard</name>
    <message>
        <source>What you have written cannot be kept</source>
        <translation>Ce que vous avez écrit ne peut pas être gardé</translation>
    </message>
    <message>
        <source>This computer’s disk does not take it. It stays here while Parvis is open. Free some space, or copy it to another place; if you close now, it is lost.</source>
        <translation>Le disque de cet ordinateur ne le prend pas. Votre texte reste ici tant que Parvis est ouvert. Libérez de la place, ou copiez-le ailleurs&#xa0;; si vous fermez maintenant, il est perdu.</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>Rester</translation>
    </message>
    <message>
        <source>Close all the same</source>
        <translation>Fermer quand même</translation>
    </message>
</context>
<context>
    <name>CodePicture</name>
    <message>
        <source>QR code for the camera of the other device</source>
        <translation>Code QR pour la caméra de l’autre appareil</translation>
    </message>
</context>
<context>
    <name>CodeReader</name>
    <message>
        <source>Picture of the code</source>
        <translation>Image du code</translation>
    </message>
    <message>
        <source>PNG, JPEG, WebP, BMP or GIF</source>
        <translation>PNG, JPEG, WebP, BMP ou GIF</translation>
    </message>
    <message>
        <source>Pictures (%1)</source>
        <translation>Images (%1)</translation>
    </message>
    <message>
        <source>Read this picture</source>
        <translation>Lire cette image</translation>
    </message>
    <message>
        <source>Take it from the clipboard</source>
        <translation>La prendre dans le presse-papiers</translation>
    </message>
</context>
<context>
    <name>ComposerBar</name>
    <message>
        <source>Enter to save, Escape to cancel</source>
        <translation>Entrée pour enregistrer, Échap pour annuler</translation>
    </message>
    <message>
        <source>Enter to send, Shift + Enter for a new line</source>
        <translation>Entrée pour envoyer, Maj + Entrée pour aller à la ligne</translation>
    </message>
    <message>
        <source>Save the edit</source>
        <translation>Enregistrer la modification</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Envoyer</translation>
    </message>
    <message>
        <source>Nothing can be sent yet: see the files above</source>
        <translation>Envoi impossible pour l’instant&#xa0;: voyez les fichiers ci-dessus</translation>
    </message>
    <message>
        <source>This computer has no dialog to choose files with. Paste them here, or drop them on the conversation.</source>
        <translation>Cet ordinateur n’a pas de fenêtre pour choisir des fichiers. Collez-les ici, ou déposez-les sur la conversation.</translation>
    </message>
</context>
<context>
    <name>Controls</name>
    <message>
        <source>Not available at the moment</source>
        <translation>Indisponible pour le moment</translation>
    </message>
</context>
<context>
    <name>ConversationArea</name>
    <message>
        <source>Choose a conversation</source>
        <translation>Choisissez une conversation</translation>
    </message>
    <message>
        <source>Or go to one by its name with Ctrl+K.</source>
        <translation>Ou rejoignez-en une par son nom avec Ctrl+K.</translation>
    </message>
    <message>
        <source>Start a conversation</source>
        <translation>Commencer une conversation</translation>
    </message>
</context>
<context>
    <name>DeviceRow</name>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>Vérifier</translation>
    </message>
    <message>
        <source>Verify: %1</source>
        <translation>Vérifier&#xa0;: %1</translation>
    </message>
    <message>
        <source>Rename: %1</source>
        <translation>Renommer&#xa0;: %1</translation>
    </message>
    <message>
        <source>Sign out: %1</source>
        <translation>Déconnecter&#xa0;: %1</translation>
    </message>
</context>
<context>
    <name>DevicesSection</name>
    <message>
        <source>Your devices</source>
        <translation>Vos appareils</translation>
    </message>
    <message>
        <source>Sign out all other devices…</source>
        <translation>Déconnecter tous les autres appareils…</translation>
    </message>
</context>
<context>
    <name>EditingBar</name>
    <message>
        <source>You are editing a message</source>
        <translation>Vous modifiez un message</translation>
    </message>
    <message>
        <source>Cancel the edit</source>
        <translation>Annuler la modification</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Échap</translation>
    </message>
</context>
<context>
    <name>EmojiGrid</name>
    <message>
        <source>The pictures to compare, in their order</source>
        <translation>Les images à comparer, dans leur ordre</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <extracomment>1: place in the row, 2: name of a picture</extracomment>
        <translation>%1&#xa0;: %2</translation>
    </message>
</context>
<context>
    <name>EncryptionCard</name>
    <message>
        <source>Verify with another device</source>
        <translation>Vérifier avec un autre appareil</translation>
    </message>
    <message>
        <source>Use the recovery key</source>
        <translation>Utiliser le code de vérification</translation>
    </message>
    <message>
        <source>Look at the recovery key</source>
        <translation>Voir le code de vérification</translation>
    </message>
    <message>
        <source>Set up the recovery</source>
        <translation>Configurer la récupération</translation>
    </message>
    <message>
        <source>Open the encryption settings</source>
        <translation>Ouvrir les paramètres de chiffrement</translation>
    </message>
    <message>
        <source>Remind me at the next start</source>
        <translation>Me le rappeler au prochain démarrage</translation>
    </message>
</context>
<context>
    <name>EncryptionSection</name>
    <message>
        <source>Encryption</source>
        <translation>Chiffrement</translation>
    </message>
    <message>
        <source>Verify this device with another one</source>
        <translation>Vérifier cet appareil avec un autre</translation>
    </message>
    <message>
        <source>Enter the recovery key…</source>
        <translation>Saisir le code de vérification…</translation>
    </message>
    <message>
        <source>Set up the recovery key…</source>
        <translation>Configurer le code de vérification…</translation>
    </message>
    <message>
        <source>Export the keys to a file…</source>
        <translation>Exporter les clés dans un fichier…</translation>
    </message>
    <message>
        <source>Import keys from a file…</source>
        <translation>Importer des clés d’un fichier…</translation>
    </message>
    <message>
        <source>Reset everything…</source>
        <translation>Réinitialiser tout…</translation>
    </message>
    <message>
        <source>Write to verified people only</source>
        <translation>N’écrire qu’aux personnes vérifiées</translation>
    </message>
    <message>
        <source>Fixed by your administration.</source>
        <translation>Fixé par votre administration.</translation>
    </message>
    <message>
        <source>In every conversation: whom you have not verified will not be able to read what you write.</source>
        <translation>Dans toutes les conversations&#xa0;: qui n’a pas été vérifié par vous ne pourra pas lire ce que vous écrivez.</translation>
    </message>
    <message>
        <source>Make a new key backup…</source>
        <translation>Créer une nouvelle sauvegarde…</translation>
    </message>
    <message>
        <source>Get all messages back…</source>
        <translation>Récupérer tous mes messages…</translation>
    </message>
</context>
<context>
    <name>EncryptionTop</name>
    <message>
        <source>Back to the members</source>
        <translation>Retour aux membres</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>Chiffrement</translation>
    </message>
    <message>
        <source>Close the encryption page</source>
        <translation>Fermer la page du chiffrement</translation>
    </message>
    <message>
        <source>Write here to verified people only</source>
        <translation>N’écrire ici qu’aux personnes vérifiées</translation>
    </message>
    <message>
        <source>Fixed by your administration, for every conversation.</source>
        <translation>Fixé par votre administration, pour toutes les conversations.</translation>
    </message>
    <message>
        <source>You have chosen it in the settings, for every conversation.</source>
        <translation>Vous l’avez choisi dans les paramètres, pour toutes les conversations.</translation>
    </message>
    <message>
        <source>Whom you have not verified will not be able to read what you write here.</source>
        <translation>Qui n’a pas été vérifié par vous ne pourra pas lire ce que vous écrivez ici.</translation>
    </message>
    <message>
        <source>Who can read what you write now</source>
        <translation>Qui peut lire ce que vous écrivez maintenant</translation>
    </message>
</context>
<context>
    <name>FailedDelegate</name>
    <message>
        <source>Send again</source>
        <translation>Renvoyer</translation>
    </message>
    <message>
        <source>Send again: %1</source>
        <translation>Renvoyer&#xa0;: %1</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Do not send: %1</source>
        <translation>Ne pas envoyer&#xa0;: %1</translation>
    </message>
</context>
<context>
    <name>FileBlock</name>
    <message>
        <source>Do not send</source>
        <translation>Ne pas envoyer</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Enregistrer sous…</translation>
    </message>
    <message>
        <source>Do not send: %1</source>
        <translation>Ne pas envoyer&#xa0;: %1</translation>
    </message>
    <message>
        <source>Stop: %1</source>
        <translation>Arrêter&#xa0;: %1</translation>
    </message>
    <message>
        <source>Save as: %1</source>
        <translation>Enregistrer sous&#xa0;: %1</translation>
    </message>
</context>
<context>
    <name>FileDrop</name>
    <message>
        <source>Drop the files here</source>
        <translation>Déposez les fichiers ici</translation>
    </message>
    <message>
        <source>You will see them before they are sent.</source>
        <translation>Vous les verrez avant l’envoi.</translation>
    </message>
</context>
<context>
    <name>FileField</name>
    <message>
        <source>Choose another place…</source>
        <translation>Choisir un autre emplacement…</translation>
    </message>
    <message>
        <source>Choose the file…</source>
        <translation>Choisir le fichier…</translation>
    </message>
</context>
<context>
    <name>FileOutcome</name>
    <message>
        <source>Replace it</source>
        <translation>Le remplacer</translation>
    </message>
    <message>
        <source>Replace what is there by: %1</source>
        <translation>Remplacer ce qui s’y trouve par&#xa0;: %1</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>Renvoyer</translation>
    </message>
    <message>
        <source>Send again: %1</source>
        <translation>Renvoyer&#xa0;: %1</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Do not send: %1</source>
        <translation>Ne pas envoyer&#xa0;: %1</translation>
    </message>
</context>
<context>
    <name>FileSaving</name>
    <message>
        <source>Save the file</source>
        <translation>Enregistrer le fichier</translation>
    </message>
</context>
<context>
    <name>FileTray</name>
    <message>
        <source>Files that are joined</source>
        <translation>Fichiers joints</translation>
    </message>
</context>
<context>
    <name>FilterPills</name>
    <message>
        <source>Show</source>
        <translation>Afficher</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Toutes</translation>
    </message>
    <message>
        <source>Unread</source>
        <translation>Non lues</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personnes</translation>
    </message>
    <message>
        <source>Rooms</source>
        <translation>Salons</translation>
    </message>
</context>
<context>
    <name>FoldedDelegate</name>
    <message>
        <source>%1: %2</source>
        <extracomment>A button beside messages that cannot be read. 1: what it does, 2: what is said of the messages</extracomment>
        <translation>%1&#xa0;: %2</translation>
    </message>
</context>
<context>
    <name>HeaderTags</name>
    <message>
        <source>Encrypted</source>
        <translation>Chiffré</translation>
    </message>
    <message>
        <source>Not encrypted</source>
        <translation>Non chiffré</translation>
    </message>
    <message>
        <source>Externals</source>
        <translation>Externes</translation>
    </message>
    <message>
        <source>Public</source>
        <translation>Public</translation>
    </message>
</context>
<context>
    <name>HitList</name>
    <message>
        <source>Messages that were found</source>
        <translation>Messages trouvés</translation>
    </message>
</context>
<context>
    <name>HomeBanners</name>
    <message>
        <source>Sign in again</source>
        <translation>Se reconnecter</translation>
    </message>
    <message>
        <source>Connecting to the server…</source>
        <translation>Connexion au serveur…</translation>
    </message>
    <message>
        <source>You are offline. What you write is kept and sent later. %1</source>
        <translation>Vous êtes hors ligne. Ce que vous écrivez est conservé et sera envoyé plus tard. %1</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>This computer’s disk is full. What is here is safe, but nothing new can be kept, so nothing is received or sent. Free some space: Parvis then goes on by itself. (PARVIS_DISK_FULL)</source>
        <translation>Le disque de cet ordinateur est plein. Ce qui est là est en sûreté, mais rien de nouveau ne peut être conservé&#xa0;: rien n’est donc reçu ni envoyé. Libérez de l’espace&#xa0;; Parvis reprendra de lui-même. (PARVIS_DISK_FULL)</translation>
    </message>
    <message>
        <source>This computer’s disk does not answer as it should. What was kept is safe; new messages may not be. Tell your support. (PARVIS_STORE_FAILED)</source>
        <translation>Le disque de cet ordinateur ne répond pas comme il devrait. Ce qui est conservé est en sûreté&#xa0;; les nouveaux messages ne le sont peut-être pas. Prévenez votre support. (PARVIS_STORE_FAILED)</translation>
    </message>
    <message>
        <source>The server has ended this session. Your messages and what you have not sent yet are kept. (M_UNKNOWN_TOKEN)</source>
        <translation>Le serveur a mis fin à cette connexion. Vos messages et ce qui n’est pas encore envoyé sont conservés. (M_UNKNOWN_TOKEN)</translation>
    </message>
    <message>
        <source>The file with your encryption keys (keys.db) is damaged. It is kept as it is. Do not sign out, and tell your support. (PARVIS_KEYS_DAMAGED)</source>
        <translation>Le fichier de vos clés de chiffrement (keys.db) est endommagé. Il est conservé tel quel. Ne vous déconnectez pas et prévenez votre support. (PARVIS_KEYS_DAMAGED)</translation>
    </message>
</context>
<context>
    <name>HomeButton</name>
    <message>
        <source>Conversations</source>
        <translation>Conversations</translation>
    </message>
    <message numerus="yes">
        <source>Conversations, %n unread</source>
        <translation>
            <numerusform>Conversations, %n non lue</numerusform>
            <numerusform>Conversations, %n non lues</numerusform>
        </translation>
    </message>
    <message>
        <source>All conversations</source>
        <translation>Toutes les conversations</translation>
    </message>
</context>
<context>
    <name>IconButton</name>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
</context>
<context>
    <name>IdentityBanner</name>
    <message>
        <source>OK</source>
        <translation>D’accord</translation>
    </message>
    <message>
        <source>Accept and send unverified</source>
        <translation>Accepter et écrire sans vérification</translation>
    </message>
    <message>
        <source>Verify this person</source>
        <translation>Vérifier cette personne</translation>
    </message>
    <message>
        <source>Verify again…</source>
        <translation>Vérifier à nouveau…</translation>
    </message>
</context>
<context>
    <name>InvitationCard</name>
    <message>
        <source>%1 wants to write to you</source>
        <translation>%1 souhaite vous écrire</translation>
    </message>
    <message>
        <source>%1 invites you</source>
        <translation>%1 vous invite</translation>
    </message>
    <message>
        <source>If you accept, you can both write here.</source>
        <translation>Si vous acceptez, vous pourrez tous deux écrire ici.</translation>
    </message>
    <message>
        <source>The conversation is called “%1”. Its members will see that you have joined.</source>
        <translation>Le salon s’appelle «&#xa0;%1&#xa0;». Ses membres verront que vous l’avez rejoint.</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>Refuser</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Accepter</translation>
    </message>
</context>
<context>
    <name>JoinFileButton</name>
    <message>
        <source>Join files</source>
        <translation>Joindre des fichiers</translation>
    </message>
</context>
<context>
    <name>JoinedFile</name>
    <message>
        <source>Take away</source>
        <translation>Retirer</translation>
    </message>
    <message>
        <source>Take away: %1</source>
        <translation>Retirer&#xa0;: %1</translation>
    </message>
</context>
<context>
    <name>KeyFileForm</name>
    <message>
        <source>The keys of the messages that this device can read go into a file that other Matrix applications open, too. It is encrypted by a passphrase.</source>
        <translation>Les clés des messages que cet appareil peut lire sont écrites dans un fichier que d’autres applications Matrix ouvrent aussi. Il est chiffré par une phrase secrète.</translation>
    </message>
    <message>
        <source>Takes the keys from a file that this or another Matrix application exported.</source>
        <translation>Reprend les clés d’un fichier exporté par Parvis ou par une autre application Matrix.</translation>
    </message>
    <message>
        <source>File for the keys</source>
        <translation>Fichier pour les clés</translation>
    </message>
    <message>
        <source>File with the keys</source>
        <translation>Fichier des clés</translation>
    </message>
    <message>
        <source>A file that is there already is replaced.</source>
        <translation>Un fichier déjà présent est remplacé.</translation>
    </message>
    <message>
        <source>Passphrase of the file</source>
        <translation>Phrase secrète du fichier</translation>
    </message>
    <message>
        <source>Passphrase under which it was exported</source>
        <translation>Phrase secrète choisie à l’exportation</translation>
    </message>
    <message>
        <source>The same passphrase once more</source>
        <translation>La même phrase secrète une seconde fois</translation>
    </message>
    <message>
        <source>The two are not the same.</source>
        <translation>Les deux ne sont pas identiques.</translation>
    </message>
</context>
<context>
    <name>KeyGroups</name>
    <message>
        <source>Recovery key: %1</source>
        <translation>Code de vérification&#xa0;: %1</translation>
    </message>
</context>
<context>
    <name>KeyKeeping</name>
    <message>
        <source>Keep it where only you can find it. It is not shown again once you have confirmed it.</source>
        <translation>Conservez-le là où vous seul pouvez le retrouver. Une fois confirmé, il n’est plus affiché.</translation>
    </message>
    <message>
        <source>Copy the key</source>
        <translation>Copier le code</translation>
    </message>
    <message>
        <source>Save it to a file…</source>
        <translation>L’enregistrer dans un fichier…</translation>
    </message>
    <message>
        <source>File for the recovery key</source>
        <translation>Fichier pour le code de vérification</translation>
    </message>
    <message>
        <source>Save the file</source>
        <translation>Enregistrer le fichier</translation>
    </message>
    <message>
        <source>You can print this file, then delete it.</source>
        <translation>Vous pouvez imprimer ce fichier, puis le supprimer.</translation>
    </message>
</context>
<context>
    <name>KeyWorkDialog</name>
    <message>
        <source>Export the keys</source>
        <translation>Exporter les clés</translation>
    </message>
    <message>
        <source>Import keys</source>
        <translation>Importer des clés</translation>
    </message>
    <message>
        <source>All message keys of your backup come onto this device. You can go on writing meanwhile.</source>
        <translation>Toutes les clés de messages de votre sauvegarde reviennent sur cet appareil. Vous pouvez continuer à écrire pendant ce temps.</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Commencer</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>Go on in the background</source>
        <translation>Continuer en arrière-plan</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminé</translation>
    </message>
    <message>
        <source>Get all messages back</source>
        <translation>Récupérer tous vos messages</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exporter</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importer</translation>
    </message>
</context>
<context>
    <name>KeyboardSection</name>
    <message>
        <source>Keyboard</source>
        <translation>Clavier</translation>
    </message>
    <message>
        <source>Everything in this window can be done without a pointer.</source>
        <translation>Tout dans cette fenêtre peut se faire sans pointeur.</translation>
    </message>
    <message>
        <source>Show the keyboard shortcuts</source>
        <translation>Afficher les raccourcis clavier</translation>
    </message>
</context>
<context>
    <name>LanguageLinks</name>
    <message>
        <source>Fixed by your administration</source>
        <translation>Fixé par votre administration</translation>
    </message>
</context>
<context>
    <name>LanguageSection</name>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>The system’s</source>
        <translation>Celle du système</translation>
    </message>
</context>
<context>
    <name>LeaveDialog</name>
    <message>
        <source>Leave “%1”?</source>
        <translation>Quitter «&#xa0;%1&#xa0;»&#xa0;?</translation>
    </message>
    <message>
        <source>You will no longer receive its messages. To come back you may need a new invitation.</source>
        <translation>Vous n’en recevrez plus les messages. Pour revenir, il vous faudra peut-être une nouvelle invitation.</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Quitter</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>Rester</translation>
    </message>
</context>
<context>
    <name>ListSplitter</name>
    <message>
        <source>Width of the list, left and right arrows</source>
        <translation>Largeur de la liste, flèches gauche et droite</translation>
    </message>
</context>
<context>
    <name>LogoutDialog</name>
    <message>
        <source>Sign out of this device?</source>
        <translation>Se déconnecter de cet appareil&#xa0;?</translation>
    </message>
    <message>
        <source>Your account and its messages are removed from this computer; they stay on the server.</source>
        <translation>Votre compte et ses messages sont retirés de cet ordinateur&#xa0;; ils restent sur le serveur.</translation>
    </message>
    <message>
        <source>This would be lost:</source>
        <translation>Ce qui serait perdu&#xa0;:</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Se déconnecter</translation>
    </message>
    <message>
        <source>Stay signed in</source>
        <translation>Rester connecté</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>(%1) Parvis</source>
        <extracomment>The title of the window. 1: number of unread messages</extracomment>
        <translation>(%1) Parvis</translation>
    </message>
</context>
<context>
    <name>MemberDelegate</name>
    <message>
        <source>External guest</source>
        <translation>Invité externe</translation>
    </message>
</context>
<context>
    <name>MemberList</name>
    <message>
        <source>Members</source>
        <translation>Membres</translation>
    </message>
</context>
<context>
    <name>MessageActions</name>
    <message>
        <source>Copy the text</source>
        <translation>Copier le texte</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Modifier</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>Renvoyer</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Plus</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Entrée</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Enregistrer sous…</translation>
    </message>
</context>
<context>
    <name>MessageDelegate</name>
    <message>
        <source>You</source>
        <translation>Vous</translation>
    </message>
    <message>
        <source>Show all of it</source>
        <translation>Tout afficher</translation>
    </message>
    <message>
        <source>Show all of the message of %1, %2</source>
        <extracomment>1: a name, 2: a time</extracomment>
        <translation>Afficher tout le message de %1, %2</translation>
    </message>
</context>
<context>
    <name>MessageDetails</name>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1, edited since</source>
        <translation>%1, modifié depuis</translation>
    </message>
    <message>
        <source>Details of the message</source>
        <translation>Détails du message</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>MessageField</name>
    <message>
        <source>Encrypted message to %1</source>
        <translation>Message chiffré à %1</translation>
    </message>
    <message>
        <source>Message to %1</source>
        <translation>Message à %1</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Message</translation>
    </message>
    <message>
        <source>Caption of the first file (optional)</source>
        <translation>Légende du premier fichier (facultative)</translation>
    </message>
    <message>
        <source>Caption of the file (optional)</source>
        <translation>Légende du fichier (facultative)</translation>
    </message>
</context>
<context>
    <name>MessageFrame</name>
    <message>
        <source>You</source>
        <translation>Vous</translation>
    </message>
</context>
<context>
    <name>MessageMenu</name>
    <message>
        <source>Copy the text</source>
        <translation>Copier le texte</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Modifier</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>Renvoyer</translation>
    </message>
    <message>
        <source>Do not send</source>
        <translation>Ne pas envoyer</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>Ouvrir %1</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Enregistrer sous…</translation>
    </message>
    <message>
        <source>Replace what is there</source>
        <translation>Remplacer ce qui s’y trouve</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêter</translation>
    </message>
    <message>
        <source>Copy the file’s name</source>
        <translation>Copier le nom du fichier</translation>
    </message>
</context>
<context>
    <name>NewRoomDialog</name>
    <message>
        <source>New conversation</source>
        <translation>Nouvelle conversation</translation>
    </message>
    <message>
        <source>With one person</source>
        <translation>Avec une personne</translation>
    </message>
    <message>
        <source>Room</source>
        <translation>Salon</translation>
    </message>
    <message>
        <source>Name of the room</source>
        <translation>Nom du salon</translation>
    </message>
    <message>
        <source>Address of the person</source>
        <translation>Adresse de la personne</translation>
    </message>
    <message>
        <source>Invite people, one address at a time</source>
        <translation>Inviter des personnes, une adresse à la fois</translation>
    </message>
    <message>
        <source>@first.last:administration.example</source>
        <extracomment>An example of an address; keep its form</extracomment>
        <translation>@prenom.nom:administration.exemple</translation>
    </message>
    <message>
        <source>Public room</source>
        <translation>Salon public</translation>
    </message>
    <message>
        <source>Everybody on your server can find it and read it. Its messages are not encrypted.</source>
        <translation>Toutes les personnes de votre serveur peuvent le trouver et le lire. Ses messages ne sont pas chiffrés.</translation>
    </message>
    <message>
        <source>Not encrypted, open to everybody</source>
        <translation>Non chiffré, ouvert à tous</translation>
    </message>
    <message>
        <source>End-to-end encrypted</source>
        <translation>Chiffré de bout en bout</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>Commencer</translation>
    </message>
    <message>
        <source>Create the room</source>
        <translation>Créer le salon</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
</context>
<context>
    <name>NewestButton</name>
    <message>
        <source>To the newest message</source>
        <translation>Aller au message le plus récent</translation>
    </message>
</context>
<context>
    <name>NoticeSection</name>
    <message>
        <source>Notifications show</source>
        <translation>Les notifications montrent</translation>
    </message>
    <message>
        <source>Who writes, and the message</source>
        <translation>Qui écrit, et le message</translation>
    </message>
    <message>
        <source>Who writes</source>
        <translation>Qui écrit</translation>
    </message>
    <message>
        <source>Only that something came</source>
        <translation>Seulement qu’il y a du nouveau</translation>
    </message>
</context>
<context>
    <name>PanelBottom</name>
    <message>
        <source>Privacy</source>
        <translation>Confidentialité</translation>
    </message>
    <message>
        <source>Encrypted from end to end: the members can read the messages, the servers cannot.</source>
        <translation>Chiffré de bout en bout&#xa0;: les membres peuvent lire les messages, les serveurs ne le peuvent pas.</translation>
    </message>
    <message>
        <source>Not encrypted: the servers that carry these messages can read them.</source>
        <translation>Non chiffré&#xa0;: les serveurs qui acheminent ces messages peuvent les lire.</translation>
    </message>
    <message>
        <source>Topic: %1</source>
        <translation>Sujet&#xa0;: %1</translation>
    </message>
    <message>
        <source>Leave the conversation…</source>
        <translation>Quitter la conversation…</translation>
    </message>
    <message>
        <source>Who can read…</source>
        <translation>Qui peut lire…</translation>
    </message>
</context>
<context>
    <name>PanelTop</name>
    <message>
        <source>Members: %1</source>
        <translation>Membres&#xa0;: %1</translation>
    </message>
    <message>
        <source>Members</source>
        <translation>Membres</translation>
    </message>
    <message>
        <source>Close the details</source>
        <translation>Fermer les détails</translation>
    </message>
    <message>
        <source>Invite somebody</source>
        <translation>Inviter quelqu’un</translation>
    </message>
    <message>
        <source>@first.last:administration.example</source>
        <extracomment>An example of an address; keep its form</extracomment>
        <translation>@prenom.nom:administration.exemple</translation>
    </message>
    <message>
        <source>Filter the members</source>
        <translation>Filtrer les membres</translation>
    </message>
</context>
<context>
    <name>PasswordEntry</name>
    <message>
        <source>Hide: %1</source>
        <translation>Masquer&#xa0;: %1</translation>
    </message>
    <message>
        <source>Show: %1</source>
        <translation>Afficher&#xa0;: %1</translation>
    </message>
</context>
<context>
    <name>PasswordStep</name>
    <message>
        <source>Sign in</source>
        <translation>Se connecter</translation>
    </message>
    <message>
        <source>Server: %1</source>
        <translation>Serveur&#xa0;: %1</translation>
    </message>
    <message>
        <source>Name on the server</source>
        <translation>Nom sur le serveur</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Mot de passe</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Connexion…</translation>
    </message>
    <message>
        <source>Another server</source>
        <translation>Un autre serveur</translation>
    </message>
</context>
<context>
    <name>PeopleChips</name>
    <message>
        <source>Remove %1</source>
        <translation>Retirer %1</translation>
    </message>
</context>
<context>
    <name>PersonDialog</name>
    <message>
        <source>Devices: %1</source>
        <translation>Appareils&#xa0;: %1</translation>
    </message>
    <message>
        <source>Verify again</source>
        <translation>Vérifier à nouveau</translation>
    </message>
    <message>
        <source>Verify this person</source>
        <translation>Vérifier cette personne</translation>
    </message>
    <message>
        <source>Accept the change</source>
        <translation>Accepter le changement</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Go on without</source>
        <translation>Continuer sans vérification</translation>
    </message>
</context>
<context>
    <name>ProblemPage</name>
    <message>
        <source>Account: %1</source>
        <translation>Compte&#xa0;: %1</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Start over without these messages…</source>
        <translation>Repartir de zéro sans ces messages…</translation>
    </message>
</context>
<context>
    <name>ProblemSecret</name>
    <message>
        <source>Passphrase</source>
        <translation>Phrase secrète</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Mot de passe</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>Se reconnecter</translation>
    </message>
</context>
<context>
    <name>PromisePanel</name>
    <message>
        <source>The place where people speak in confidence.</source>
        <translation>La place où l’on se parle en confiance.</translation>
    </message>
    <message>
        <source>Messages that are encrypted from end to end, on the servers of your administration, readable by you alone.</source>
        <translation>Messages chiffrés de bout en bout, sur les serveurs de votre administration, lisibles par vous seuls.</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Main</source>
        <translation>Principal</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>Nouvelle conversation</translation>
    </message>
    <message>
        <source>Begin a new conversation</source>
        <translation>Commencer une nouvelle conversation</translation>
    </message>
    <message>
        <source>Ctrl+N</source>
        <translation>Ctrl+N</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Paramètres</translation>
    </message>
    <message>
        <source>Ctrl+,</source>
        <translation>Ctrl+,</translation>
    </message>
</context>
<context>
    <name>ReaderList</name>
    <message>
        <source>Who can read</source>
        <translation>Qui peut lire</translation>
    </message>
</context>
<context>
    <name>ReadersBar</name>
    <message>
        <source>Who can read?</source>
        <translation>Qui peut lire&#xa0;?</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Masquer</translation>
    </message>
</context>
<context>
    <name>RecoveryEntryDialog</name>
    <message>
        <source>Your messages come back</source>
        <translation>Vos messages reviennent</translation>
    </message>
    <message>
        <source>Enter the recovery key</source>
        <translation>Saisir le code de vérification</translation>
    </message>
    <message>
        <source>Recovery key or passphrase</source>
        <translation>Code de vérification ou phrase secrète</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouvrir</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Plus tard</translation>
    </message>
    <message>
        <source>Your keys are backed up again</source>
        <translation>Vos clés sont de nouveau sauvegardées</translation>
    </message>
    <message>
        <source>Make a new key backup</source>
        <translation>Créer une nouvelle sauvegarde</translation>
    </message>
    <message>
        <source>Make the backup</source>
        <translation>Créer la sauvegarde</translation>
    </message>
    <message>
        <source>Other ways of verifying…</source>
        <translation>Autres méthodes de vérification…</translation>
    </message>
    <message>
        <source>Get my messages back now</source>
        <translation>Récupérer mes messages maintenant</translation>
    </message>
</context>
<context>
    <name>RecoverySetupButtons</name>
    <message>
        <source>Make the recovery key</source>
        <translation>Créer le code de vérification</translation>
    </message>
    <message>
        <source>Reset for good</source>
        <translation>Réinitialiser pour de bon</translation>
    </message>
    <message>
        <source>Open the page</source>
        <translation>Ouvrir la page</translation>
    </message>
    <message>
        <source>I have agreed there</source>
        <translation>J’y ai donné mon accord</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>Confirmer</translation>
    </message>
    <message>
        <source>I have kept it</source>
        <translation>Je l’ai conservé</translation>
    </message>
    <message>
        <source>Show the key again</source>
        <translation>Revoir le code</translation>
    </message>
    <message>
        <source>Keep everything</source>
        <translation>Tout garder</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Plus tard</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminé</translation>
    </message>
</context>
<context>
    <name>RecoverySetupDialog</name>
    <message>
        <source>Reset everything?</source>
        <translation>Tout réinitialiser&#xa0;?</translation>
    </message>
    <message>
        <source>Keep your messages readable</source>
        <translation>Gardez vos messages lisibles</translation>
    </message>
    <message>
        <source>Confirm that it is you</source>
        <translation>Confirmez que c’est bien vous</translation>
    </message>
    <message>
        <source>Your recovery key</source>
        <translation>Votre code de vérification</translation>
    </message>
    <message>
        <source>Do you have it?</source>
        <translation>L’avez-vous bien&#xa0;?</translation>
    </message>
    <message>
        <source>The recovery is set up</source>
        <translation>La récupération est configurée</translation>
    </message>
    <message>
        <source>Password of your account</source>
        <translation>Mot de passe de votre compte</translation>
    </message>
    <message>
        <source>The server asks for it before it changes your keys.</source>
        <translation>Le serveur le demande avant de changer vos clés.</translation>
    </message>
    <message>
        <source>Your server asks you to agree on its page, in the browser. Come back here afterwards.</source>
        <translation>Votre serveur vous demande votre accord sur sa page, dans le navigateur. Revenez ensuite ici.</translation>
    </message>
    <message>
        <source>The last three groups of the key</source>
        <translation>Les trois derniers groupes du code</translation>
    </message>
    <message>
        <source>From where you kept it. Or paste all of it.</source>
        <translation>À reprendre là où vous l’avez conservé. Ou collez-le en entier.</translation>
    </message>
    <message>
        <source>From now on your message keys are backed up. On a new device, enter the recovery key.</source>
        <translation>Les clés de vos messages sont désormais sauvegardées. Sur un nouvel appareil, saisissez le code de vérification.</translation>
    </message>
</context>
<context>
    <name>RenameDeviceDialog</name>
    <message>
        <source>Rename the device</source>
        <translation>Renommer l’appareil</translation>
    </message>
    <message>
        <source>Name of the device</source>
        <translation>Nom de l’appareil</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Renommer</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Everybody with whom you share a conversation can see it: put nothing confidential there.</source>
        <translation>Tous ceux avec qui vous partagez une conversation peuvent le voir&#xa0;: n’y mettez rien de confidentiel.</translation>
    </message>
</context>
<context>
    <name>ResetExplanation</name>
    <message>
        <source>RESET</source>
        <extracomment>What has to be typed to agree; one word in capitals</extracomment>
        <translation>RÉINITIALISER</translation>
    </message>
    <message>
        <source>Do this only if you have lost both your recovery key and your other devices. This cannot be taken back:</source>
        <translation>Ne le faites que si vous avez perdu votre code de vérification et vos autres appareils. Il n’y a pas de retour possible&#xa0;:</translation>
    </message>
    <message>
        <source>Earlier messages whose keys are not on this device can never be read again.</source>
        <translation>Les anciens messages dont les clés ne sont pas sur cet appareil ne pourront plus jamais être lus.</translation>
    </message>
    <message>
        <source>Your other devices are no longer verified.</source>
        <translation>Vos autres appareils ne sont plus vérifiés.</translation>
    </message>
    <message>
        <source>People who had verified you are warned, and have to do it again.</source>
        <translation>Les personnes qui vous avaient vérifié en sont averties et devront recommencer.</translation>
    </message>
    <message>
        <source>Your old recovery key opens nothing any more; you get a new one.</source>
        <translation>Votre ancien code de vérification n’ouvre plus rien&#xa0;; vous en recevez un nouveau.</translation>
    </message>
    <message>
        <source>Type %1 to go on</source>
        <translation>Saisissez %1 pour continuer</translation>
    </message>
    <message>
        <source>You have to verify again those whom you had verified, or go on without, before you can write to them.</source>
        <translation>Vous devez vérifier à nouveau les personnes que vous aviez vérifiées, ou continuer sans vérification, avant de pouvoir leur écrire.</translation>
    </message>
</context>
<context>
    <name>RoomEncryptionPanel</name>
    <message>
        <source>Encryption of %1</source>
        <translation>Chiffrement de %1</translation>
    </message>
</context>
<context>
    <name>RoomInfoPanel</name>
    <message>
        <source>Details of %1</source>
        <translation>Détails de %1</translation>
    </message>
</context>
<context>
    <name>RoomList</name>
    <message>
        <source>Conversations</source>
        <translation>Conversations</translation>
    </message>
</context>
<context>
    <name>RoomListStates</name>
    <message>
        <source>Your conversations are arriving…</source>
        <translation>Vos conversations arrivent…</translation>
    </message>
    <message>
        <source>The first time takes a moment.</source>
        <translation>La première fois, cela prend un instant.</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Aucun résultat</translation>
    </message>
    <message>
        <source>No conversation is of this kind.</source>
        <translation>Aucune conversation de ce type.</translation>
    </message>
    <message>
        <source>No conversation has “%1” in its name.</source>
        <translation>Aucune conversation n’a «&#xa0;%1&#xa0;» dans son nom.</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Tout afficher</translation>
    </message>
    <message>
        <source>No conversation yet</source>
        <translation>Aucune conversation pour l’instant</translation>
    </message>
    <message>
        <source>Write to somebody, or wait for an invitation.</source>
        <translation>Écrivez à quelqu’un, ou attendez une invitation.</translation>
    </message>
    <message>
        <source>Write to somebody</source>
        <translation>Écrire à quelqu’un</translation>
    </message>
</context>
<context>
    <name>RoomMenu</name>
    <message>
        <source>Accept the invitation</source>
        <translation>Accepter l’invitation</translation>
    </message>
    <message>
        <source>Decline the invitation</source>
        <translation>Décliner l’invitation</translation>
    </message>
    <message>
        <source>Mark as read</source>
        <translation>Marquer comme lue</translation>
    </message>
    <message>
        <source>Mark as unread</source>
        <translation>Marquer comme non lue</translation>
    </message>
    <message>
        <source>Remove from the favourites</source>
        <translation>Retirer des favoris</translation>
    </message>
    <message>
        <source>Add to the favourites</source>
        <translation>Ajouter aux favoris</translation>
    </message>
    <message>
        <source>No longer at the end of the list</source>
        <translation>Ne plus mettre en fin de liste</translation>
    </message>
    <message>
        <source>Put at the end of the list</source>
        <translation>Mettre en fin de liste</translation>
    </message>
    <message>
        <source>Leave…</source>
        <translation>Quitter…</translation>
    </message>
</context>
<context>
    <name>RoomWords</name>
    <message>
        <source>Externals</source>
        <translation>Externes</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>Brouillon</translation>
    </message>
</context>
<context>
    <name>RoomsHeader</name>
    <message>
        <source>Conversations</source>
        <translation>Conversations</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>Nouvelle conversation</translation>
    </message>
    <message>
        <source>Ctrl+N</source>
        <translation>Ctrl+N</translation>
    </message>
</context>
<context>
    <name>RoomsPane</name>
    <message>
        <source>Search or go to…</source>
        <translation>Rechercher ou aller à…</translation>
    </message>
    <message>
        <source>Ctrl K</source>
        <translation>Ctrl K</translation>
    </message>
    <message>
        <source>Close the message</source>
        <translation>Fermer le message</translation>
    </message>
</context>
<context>
    <name>SearchPane</name>
    <message>
        <source>Search in messages</source>
        <translation>Rechercher dans les messages</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
</context>
<context>
    <name>SearchStates</name>
    <message>
        <source>Searching…</source>
        <translation>Recherche en cours…</translation>
    </message>
    <message>
        <source>The search did not work</source>
        <translation>La recherche n’a pas abouti</translation>
    </message>
    <message>
        <source>No message found</source>
        <translation>Aucun message trouvé</translation>
    </message>
    <message>
        <source>Find what was said</source>
        <translation>Retrouver ce qui a été dit</translation>
    </message>
    <message>
        <source>Try fewer words, or only the beginning of one: accents and capitals do not matter.</source>
        <translation>Essayez moins de mots, ou seulement le début d’un mot&#xa0;: les accents et les majuscules ne comptent pas.</translation>
    </message>
    <message>
        <source>The words never leave this device.</source>
        <translation>Les mots ne quittent jamais cet appareil.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Search in all conversations</source>
        <translation>Rechercher dans toutes les conversations</translation>
    </message>
</context>
<context>
    <name>SearchTop</name>
    <message>
        <source>Search in messages</source>
        <translation>Rechercher dans les messages</translation>
    </message>
    <message>
        <source>Close the search</source>
        <translation>Fermer la recherche</translation>
    </message>
    <message>
        <source>Words, or a “phrase”</source>
        <translation>Des mots, ou une «&#xa0;expression&#xa0;»</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Où</translation>
    </message>
    <message>
        <source>This conversation</source>
        <translation>Cette conversation</translation>
    </message>
    <message>
        <source>All conversations</source>
        <translation>Toutes les conversations</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Quoi</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Fichiers</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Images</translation>
    </message>
    <message>
        <source>Links</source>
        <translation>Liens</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Ordre</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>Les plus récents d’abord</translation>
    </message>
    <message>
        <source>Best matches first</source>
        <translation>Les plus pertinents d’abord</translation>
    </message>
    <message>
        <source>Anything</source>
        <translation>Tout</translation>
    </message>
</context>
<context>
    <name>SecurityBanners</name>
    <message>
        <source>Look at the verification</source>
        <translation>Voir la vérification</translation>
    </message>
    <message>
        <source>Verify this device…</source>
        <translation>Vérifier cet appareil…</translation>
    </message>
    <message>
        <source>Set up the recovery…</source>
        <translation>Configurer la récupération…</translation>
    </message>
    <message>
        <source>Look at the key…</source>
        <translation>Voir le code…</translation>
    </message>
    <message>
        <source>Encryption settings…</source>
        <translation>Paramètres de chiffrement…</translation>
    </message>
    <message>
        <source>Remind me later</source>
        <translation>Me le rappeler plus tard</translation>
    </message>
    <message>
        <source>Got it</source>
        <translation>J’ai compris</translation>
    </message>
</context>
<context>
    <name>SenderLine</name>
    <message>
        <source>External guest</source>
        <translation>Invité externe</translation>
    </message>
</context>
<context>
    <name>ServerStep</name>
    <message>
        <source>Welcome to Parvis</source>
        <translation>Bienvenue sur Parvis</translation>
    </message>
    <message>
        <source>Your address or the name of your server is enough: Parvis finds the way.</source>
        <translation>Votre adresse ou le nom de votre serveur suffit&#xa0;: Parvis trouve le chemin.</translation>
    </message>
    <message>
        <source>Address or server</source>
        <translation>Adresse ou serveur</translation>
    </message>
    <message>
        <source>@first.last:administration.example</source>
        <extracomment>An example of an address; keep its form</extracomment>
        <translation>@prenom.nom:administration.exemple</translation>
    </message>
    <message>
        <source>Looking for the server…</source>
        <translation>Recherche du serveur…</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Continuer</translation>
    </message>
</context>
<context>
    <name>SettingsHeader</name>
    <message>
        <source>Settings</source>
        <translation>Paramètres</translation>
    </message>
    <message>
        <source>Close the settings</source>
        <translation>Fermer les paramètres</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Échap</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>Paramètres</translation>
    </message>
</context>
<context>
    <name>SettingsSection</name>
    <message>
        <source>Fixed by your administration</source>
        <translation>Fixé par votre administration</translation>
    </message>
</context>
<context>
    <name>SetupExplanation</name>
    <message>
        <source>Your messages can be opened on your devices alone. If you lose them all, or use a new one, a recovery key brings your messages back.</source>
        <translation>Vos messages ne s’ouvrent que sur vos appareils. Si vous les perdez tous, ou si vous en changez, un code de vérification vous rend vos messages.</translation>
    </message>
    <message>
        <source>Parvis makes the key and backs up your message keys from then on, encrypted.</source>
        <translation>Parvis crée le code et active la sauvegarde automatique&#xa0;: les clés de vos messages y vont, chiffrées.</translation>
    </message>
    <message>
        <source>Nobody else has it: neither your administration nor the server.</source>
        <translation>Personne d’autre ne l’a&#xa0;: ni votre administration, ni le serveur.</translation>
    </message>
    <message>
        <source>It is shown once. Keep it in a password safe, or on paper in a safe place.</source>
        <translation>Il n’est affiché qu’une fois. Conservez-le dans un coffre-fort de mots de passe, ou sur papier en lieu sûr.</translation>
    </message>
</context>
<context>
    <name>ShortcutRow</name>
    <message>
        <source>%1: %2</source>
        <extracomment>1: what is done, 2: the keys that do it</extracomment>
        <translation>%1&#xa0;: %2</translation>
    </message>
    <message>
        <source>%1 or %2</source>
        <translation>%1 ou %2</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Raccourcis clavier</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Partout</translation>
    </message>
    <message>
        <source>Ctrl+/</source>
        <translation>Ctrl+/</translation>
    </message>
    <message>
        <source>This list</source>
        <translation>Cette liste</translation>
    </message>
    <message>
        <source>Ctrl+K</source>
        <translation>Ctrl+K</translation>
    </message>
    <message>
        <source>Go to a conversation by its name</source>
        <translation>Aller à une conversation par son nom</translation>
    </message>
    <message>
        <source>Ctrl+F</source>
        <translation>Ctrl+F</translation>
    </message>
    <message>
        <source>Search in this conversation</source>
        <translation>Rechercher dans cette conversation</translation>
    </message>
    <message>
        <source>Ctrl+Shift+F</source>
        <translation>Ctrl+Maj+F</translation>
    </message>
    <message>
        <source>Search in all conversations</source>
        <translation>Rechercher dans toutes les conversations</translation>
    </message>
    <message>
        <source>Ctrl+N</source>
        <translation>Ctrl+N</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>Nouvelle conversation</translation>
    </message>
    <message>
        <source>Ctrl+,</source>
        <translation>Ctrl+,</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Paramètres</translation>
    </message>
    <message>
        <source>Alt+↑</source>
        <translation>Alt+↑</translation>
    </message>
    <message>
        <source>Previous conversation</source>
        <translation>Conversation précédente</translation>
    </message>
    <message>
        <source>Alt+↓</source>
        <translation>Alt+↓</translation>
    </message>
    <message>
        <source>Next conversation</source>
        <translation>Conversation suivante</translation>
    </message>
    <message>
        <source>Shift+F6</source>
        <translation>Maj+F6</translation>
    </message>
    <message>
        <source>To the next or previous part of the window</source>
        <translation>Vers la partie suivante ou précédente de la fenêtre</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Échap</translation>
    </message>
    <message>
        <source>Close, or go back</source>
        <translation>Fermer, ou revenir</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>Écrire</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Entrée</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Envoyer</translation>
    </message>
    <message>
        <source>Shift+Enter</source>
        <translation>Maj+Entrée</translation>
    </message>
    <message>
        <source>New line</source>
        <translation>Nouvelle ligne</translation>
    </message>
    <message>
        <source>Correct the last message, where nothing is written</source>
        <translation>Corriger le dernier message, quand rien n’est écrit</translation>
    </message>
    <message>
        <source>Shift+Tab</source>
        <translation>Maj+Tab</translation>
    </message>
    <message>
        <source>To the messages</source>
        <translation>Vers les messages</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Messages</translation>
    </message>
    <message>
        <source>From message to message</source>
        <translation>De message en message</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menu</translation>
    </message>
    <message>
        <source>Shift+F10</source>
        <translation>Maj+F10</translation>
    </message>
    <message>
        <source>What can be done with a message</source>
        <translation>Ce que l’on peut faire d’un message</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Début</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Fin</translation>
    </message>
    <message>
        <source>To the oldest that is shown, or to the newest</source>
        <translation>Vers le plus ancien affiché, ou le plus récent</translation>
    </message>
    <message>
        <source>Page↑</source>
        <translation>Page↑</translation>
    </message>
    <message>
        <source>Page↓</source>
        <translation>Page↓</translation>
    </message>
    <message>
        <source>Ten messages on</source>
        <translation>Dix messages plus loin</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>SignInAgainDialog</name>
    <message>
        <source>Sign in again</source>
        <translation>Se reconnecter</translation>
    </message>
    <message>
        <source>Account: %1</source>
        <translation>Compte&#xa0;: %1</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Mot de passe</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Se connecter</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Plus tard</translation>
    </message>
</context>
<context>
    <name>SignOutDevicesButtons</name>
    <message>
        <source>Sign out</source>
        <translation>Déconnecter</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>Confirmer</translation>
    </message>
    <message>
        <source>Open the page</source>
        <translation>Ouvrir la page</translation>
    </message>
    <message>
        <source>I have agreed there</source>
        <translation>J’y ai donné mon accord</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminé</translation>
    </message>
</context>
<context>
    <name>SignOutDevicesDialog</name>
    <message>
        <source>Signed out</source>
        <translation>Appareil déconnecté</translation>
    </message>
    <message>
        <source>Confirm that it is you</source>
        <translation>Confirmez que c’est bien vous</translation>
    </message>
    <message>
        <source>Sign out “%1”?</source>
        <translation>Déconnecter «&#xa0;%1&#xa0;»&#xa0;?</translation>
    </message>
    <message numerus="yes">
        <source>Sign out %n device(s)?</source>
        <translation>
            <numerusform>Déconnecter %n appareil&#xa0;?</numerusform>
            <numerusform>Déconnecter %n appareils&#xa0;?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It can then neither read nor write in your name, and has to sign in anew. Messages whose keys it alone has cannot be read any more.</source>
        <translation>
            <numerusform>Il ne pourra plus ni lire ni écrire en votre nom sans se connecter à nouveau. Les messages dont il est seul à avoir les clés ne pourront plus être lus.</numerusform>
            <numerusform>Ils ne pourront plus ni lire ni écrire en votre nom sans se connecter à nouveau. Les messages dont ils sont seuls à avoir les clés ne pourront plus être lus.</numerusform>
        </translation>
    </message>
    <message>
        <source>Password of your account</source>
        <translation>Mot de passe de votre compte</translation>
    </message>
    <message>
        <source>The server asks for it before it signs devices out.</source>
        <translation>Le serveur le demande avant de déconnecter des appareils.</translation>
    </message>
    <message>
        <source>Your server asks you to agree on its page, in the browser. Come back here afterwards.</source>
        <translation>Votre serveur vous demande de donner votre accord sur sa page, dans le navigateur. Revenez ici ensuite.</translation>
    </message>
    <message>
        <source>“%1” is signed out.</source>
        <translation>«&#xa0;%1&#xa0;» est déconnecté.</translation>
    </message>
    <message numerus="yes">
        <source>%n device(s) are signed out.</source>
        <translation>
            <numerusform>%n appareil est déconnecté.</numerusform>
            <numerusform>%n appareils sont déconnectés.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StartOverDialog</name>
    <message>
        <source>Start over without these messages?</source>
        <translation>Repartir de zéro sans ces messages&#xa0;?</translation>
    </message>
    <message>
        <source>The files of this account are set aside on this computer, not deleted. You sign in as a new device: encrypted messages from before can only be read if a backup or another device of yours gives their keys. What was not sent yet and your drafts stay in the files set aside.</source>
        <translation>Les fichiers de ce compte sont mis de côté sur cet ordinateur, pas supprimés. Vous vous connecterez comme un nouvel appareil&#xa0;: les messages chiffrés d’avant ne seront lisibles que si une sauvegarde ou un autre de vos appareils en donne les clés. Ce qui n’était pas encore envoyé et vos brouillons restent dans les fichiers mis de côté.</translation>
    </message>
    <message>
        <source>I have understood and want to start over</source>
        <translation>J’ai compris et je veux repartir de zéro</translation>
    </message>
    <message>
        <source>Start over</source>
        <translation>Repartir de zéro</translation>
    </message>
    <message>
        <source>Keep everything</source>
        <translation>Tout conserver</translation>
    </message>
</context>
<context>
    <name>StartProblem</name>
    <message>
        <source>Parvis cannot start</source>
        <translation>Parvis ne peut pas démarrer</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>TextBlock</name>
    <message>
        <source>(edited)</source>
        <translation>(modifié)</translation>
    </message>
</context>
<context>
    <name>TextScaleSection</name>
    <message>
        <source>Size of the text</source>
        <translation>Taille du texte</translation>
    </message>
    <message>
        <source>%1%</source>
        <extracomment>A percentage</extracomment>
        <translation>%1&#xa0;%</translation>
    </message>
</context>
<context>
    <name>ThemeSection</name>
    <message>
        <source>Appearance</source>
        <translation>Apparence</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Comme le système</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Clair</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Sombre</translation>
    </message>
</context>
<context>
    <name>TimelineHeader</name>
    <message>
        <source>Back to the conversations</source>
        <translation>Retour aux conversations</translation>
    </message>
    <message>
        <source>Hide the details</source>
        <translation>Masquer les détails</translation>
    </message>
    <message>
        <source>Members and details</source>
        <translation>Membres et détails</translation>
    </message>
    <message>
        <source>Hide the search</source>
        <translation>Masquer la recherche</translation>
    </message>
    <message>
        <source>Search in this conversation</source>
        <translation>Rechercher dans cette conversation</translation>
    </message>
    <message>
        <source>Ctrl+F</source>
        <translation>Ctrl+F</translation>
    </message>
</context>
<context>
    <name>TimelineLine</name>
    <message>
        <source>New messages</source>
        <translation>Nouveaux messages</translation>
    </message>
</context>
<context>
    <name>TimelineStart</name>
    <message>
        <source>This is where the conversation begins.</source>
        <translation>La conversation commence ici.</translation>
    </message>
    <message>
        <source>Load again</source>
        <translation>Recharger</translation>
    </message>
    <message>
        <source>Show earlier messages</source>
        <translation>Afficher les messages précédents</translation>
    </message>
</context>
<context>
    <name>TimelineStates</name>
    <message>
        <source>Loading the messages…</source>
        <translation>Chargement des messages…</translation>
    </message>
    <message>
        <source>The messages could not be loaded</source>
        <translation>Les messages n’ont pas pu être chargés</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>No message yet</source>
        <translation>Aucun message pour l’instant</translation>
    </message>
    <message>
        <source>Write the first one below.</source>
        <translation>Écrivez le premier ci-dessous.</translation>
    </message>
</context>
<context>
    <name>TimelineView</name>
    <message>
        <source>Messages of %1</source>
        <translation>Messages de %1</translation>
    </message>
</context>
<context>
    <name>UnreadableDelegate</name>
    <message>
        <source>%1: message of %2, %3</source>
        <extracomment>A button beside a message that cannot be read. 1: what it does, 2: a name, 3: a day and a time</extracomment>
        <translation>%1&#xa0;: message de %2, %3</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Vous</translation>
    </message>
</context>
<context>
    <name>VaultStep</name>
    <message>
        <source>Where to keep your key?</source>
        <translation>Où garder votre clé&#xa0;?</translation>
    </message>
    <message>
        <source>Your messages will be encrypted on this computer. Their key normally lies in the system’s keychain, which does not answer. Start it and try again, or choose a passphrase that Parvis will ask for at each start.</source>
        <translation>Vos messages seront chiffrés sur cet ordinateur. Leur clé se trouve d’ordinaire dans le trousseau du système, qui ne répond pas. Démarrez-le et réessayez, ou choisissez une phrase secrète que Parvis demandera à chaque démarrage.</translation>
    </message>
    <message>
        <source>Your messages will be encrypted on this computer. Their key lies in the system’s keychain, which does not answer. Start it and try again.</source>
        <translation>Vos messages seront chiffrés sur cet ordinateur. Leur clé se trouve dans le trousseau du système, qui ne répond pas. Démarrez-le et réessayez.</translation>
    </message>
    <message>
        <source>Try the keychain again</source>
        <translation>Réessayer le trousseau</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Phrase secrète</translation>
    </message>
    <message>
        <source>12 characters or more. Nobody can give it back to you.</source>
        <translation>12 caractères ou plus. Personne ne pourra vous la redonner.</translation>
    </message>
    <message>
        <source>The same once more</source>
        <translation>La même, encore une fois</translation>
    </message>
    <message>
        <source>The two are not the same.</source>
        <translation>Les deux ne sont pas identiques.</translation>
    </message>
    <message>
        <source>Protect by this passphrase</source>
        <translation>Protéger par cette phrase</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
</context>
<context>
    <name>VerificationButtons</name>
    <message>
        <source>Yes, it says so</source>
        <translation>Oui, il l’affiche</translation>
    </message>
    <message>
        <source>They match</source>
        <translation>Elles sont identiques</translation>
    </message>
    <message>
        <source>The numbers match</source>
        <translation>Les nombres sont identiques</translation>
    </message>
    <message>
        <source>No, it does not</source>
        <translation>Non</translation>
    </message>
    <message>
        <source>They do not match</source>
        <translation>Elles diffèrent</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Accepter</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Réessayer</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>Refuser</translation>
    </message>
    <message>
        <source>End the verification</source>
        <translation>Mettre fin à la vérification</translation>
    </message>
    <message>
        <source>The numbers do not match</source>
        <translation>Ils diffèrent</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminé</translation>
    </message>
    <message>
        <source>Other ways</source>
        <translation>Autres méthodes</translation>
    </message>
</context>
<context>
    <name>VerificationDialog</name>
    <message numerus="yes">
        <source>%n more verification(s) follow.</source>
        <translation>
            <numerusform>%n autre vérification suit.</numerusform>
            <numerusform>%n autres vérifications suivent.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VerificationWays</name>
    <message>
        <source>Compare pictures</source>
        <translation>Comparer des images</translation>
    </message>
    <message>
        <source>Seven pictures on both screens. On the phone, too.</source>
        <translation>Sept images sur les deux écrans. Possible aussi au téléphone.</translation>
    </message>
    <message>
        <source>Show a QR code</source>
        <translation>Afficher un code QR</translation>
    </message>
    <message>
        <source>If the other device has a camera.</source>
        <translation>Si l’autre appareil a une caméra.</translation>
    </message>
    <message>
        <source>Read a QR code</source>
        <translation>Lire un code QR</translation>
    </message>
    <message>
        <source>From a photograph or a screenshot of the code on the other device.</source>
        <translation>À partir d’une photo ou d’une capture d’écran du code de l’autre appareil.</translation>
    </message>
</context>
<context>
    <name>VerifyDeviceDialog</name>
    <message>
        <source>Verify this device</source>
        <translation>Vérifiez cet appareil</translation>
    </message>
    <message>
        <source>With another device</source>
        <translation>Avec un autre appareil</translation>
    </message>
    <message>
        <source>With the recovery key</source>
        <translation>Avec le code de vérification</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Pas maintenant</translation>
    </message>
    <message>
        <source>A verified device can read earlier messages, and others can trust what it sends.</source>
        <translation>Un appareil vérifié peut lire les messages antérieurs, et les autres peuvent se fier à ce qu’il envoie.</translation>
    </message>
    <message>
        <source>One on which you are signed in already.</source>
        <translation>Un appareil où vous êtes déjà connecté.</translation>
    </message>
    <message>
        <source>The one that you kept when the recovery was set up.</source>
        <translation>Celui que vous avez conservé en configurant la récupération.</translation>
    </message>
    <message>
        <source>Neither is possible? Reset everything…</source>
        <translation>Vérification impossible&#xa0;? Tout réinitialiser…</translation>
    </message>
</context>
<context>
    <name>parvis::DateTexts</name>
    <message>
        <source>HH:mm</source>
        <extracomment>A time of day, as a pattern of Qt</extracomment>
        <translation>HH:mm</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Aujourd’hui</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Hier</translation>
    </message>
    <message>
        <source>dddd d MMMM</source>
        <extracomment>A day of this year, as a pattern of Qt</extracomment>
        <translation>dddd d MMMM</translation>
    </message>
    <message>
        <source>dddd d MMMM yyyy</source>
        <extracomment>A day of another year, as a pattern of Qt</extracomment>
        <translation>dddd d MMMM yyyy</translation>
    </message>
    <message>
        <source>yesterday</source>
        <extracomment>In a narrow column, in the place of a time</extracomment>
        <translation>hier</translation>
    </message>
    <message>
        <source>d MMM</source>
        <extracomment>A day in a narrow column, as a pattern of Qt</extracomment>
        <translation>d MMM</translation>
    </message>
    <message>
        <source>dd/MM/yy</source>
        <translation>dd/MM/yy</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <extracomment>1: a day (&quot;Today&quot;, &quot;Thursday 19 November&quot;), 2: a time</extracomment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>today</source>
        <comment>inside a sentence</comment>
        <translation>aujourd’hui</translation>
    </message>
    <message>
        <source>yesterday</source>
        <comment>inside a sentence</comment>
        <translation>hier</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>inside a sentence</comment>
        <extracomment>Inside a sentence. 1: a day (&quot;today&quot;, &quot;Thursday 19 November&quot;), 2: a time</extracomment>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>parvis::DesktopNotifier</name>
    <message>
        <source>Parvis</source>
        <translation>Parvis</translation>
    </message>
    <message numerus="yes">
        <source>New messages in %n conversation(s)</source>
        <translation>
            <numerusform>Nouveaux messages dans %n conversation</numerusform>
            <numerusform>Nouveaux messages dans %n conversations</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 invites you.</source>
        <translation>%1 vous invite.</translation>
    </message>
    <message>
        <source>An encrypted message</source>
        <translation>Un message chiffré</translation>
    </message>
    <message>
        <source>A picture</source>
        <translation>Une image</translation>
    </message>
    <message>
        <source>A film</source>
        <translation>Une vidéo</translation>
    </message>
    <message>
        <source>A sound</source>
        <translation>Un enregistrement sonore</translation>
    </message>
    <message>
        <source>A file</source>
        <translation>Un fichier</translation>
    </message>
    <message>
        <source>A file: %1</source>
        <translation>Un fichier&#xa0;: %1</translation>
    </message>
    <message>
        <source>A poll: %1</source>
        <translation>Un sondage&#xa0;: %1</translation>
    </message>
    <message>
        <source>A place</source>
        <translation>Un lieu</translation>
    </message>
    <message>
        <source>A message</source>
        <translation>Un message</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <translation>%1 dans %2</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>et %n autre</numerusform>
            <numerusform>et %n autres</numerusform>
        </translation>
    </message>
    <message>
        <source>Mark as read</source>
        <translation>Marquer comme lu</translation>
    </message>
    <message numerus="yes">
        <source>%n new message(s)</source>
        <translation>
            <numerusform>%n nouveau message</numerusform>
            <numerusform>%n nouveaux messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>parvis::DeviceListModel</name>
    <message>
        <source>Verified</source>
        <translation>Vérifié</translation>
    </message>
    <message>
        <source>Verified by your account, which this device does not trust yet</source>
        <translation>Vérifié par votre compte, auquel cet appareil ne se fie pas encore</translation>
    </message>
    <message>
        <source>Belongs to this person, whom you have not verified</source>
        <translation>Appartient à cette personne, que vous n’avez pas vérifiée</translation>
    </message>
    <message>
        <source>Not verified</source>
        <translation>Non vérifié</translation>
    </message>
    <message>
        <source>Blocked: it gets no messages</source>
        <translation>Bloqué&#xa0;: il ne reçoit aucun message</translation>
    </message>
    <message>
        <source>No longer verified: the identity behind it has changed</source>
        <translation>Plus vérifié&#xa0;: l’identité qui s’en portait garante a changé</translation>
    </message>
    <message>
        <source>This device</source>
        <translation>Cet appareil</translation>
    </message>
    <message>
        <source>Last used: %1</source>
        <translation>Dernière utilisation&#xa0;: %1</translation>
    </message>
    <message>
        <source>Takes no part in encryption: it reads nothing</source>
        <translation>Ne prend pas part au chiffrement&#xa0;: il ne lit rien</translation>
    </message>
</context>
<context>
    <name>parvis::EncryptionModel</name>
    <message>
        <source>This device has to sign in anew</source>
        <translation>Cet appareil doit se reconnecter</translation>
    </message>
    <message>
        <source>Verify this device</source>
        <translation>Vérifiez cet appareil</translation>
    </message>
    <message>
        <source>Keep your messages readable</source>
        <translation>Gardez vos messages lisibles</translation>
    </message>
    <message>
        <source>Do you have your recovery key?</source>
        <translation>Avez-vous votre code de vérification&#xa0;?</translation>
    </message>
    <message>
        <source>Your key backup is gone</source>
        <translation>Votre sauvegarde automatique a disparu</translation>
    </message>
    <message>
        <source>The server shows other keys for this device than those it has. Sign out, then sign in again; tell your administration if it comes back.</source>
        <translation>Le serveur présente pour cet appareil d’autres clés que les siennes. Déconnectez-vous puis reconnectez-vous&#xa0;; prévenez votre administration si cela se reproduit.</translation>
    </message>
    <message>
        <source>This device is not verified: verify it to read earlier messages, and so that others can trust what you send.</source>
        <translation>Cet appareil n’est pas vérifié&#xa0;: vérifiez-le pour lire les messages antérieurs, et pour que les autres puissent se fier à ce que vous envoyez.</translation>
    </message>
    <message>
        <source>If you lose this device, you lose your messages with it. A recovery key brings them back.</source>
        <translation>Si vous perdez cet appareil, vous perdez vos messages avec lui. Un code de vérification vous les rend.</translation>
    </message>
    <message>
        <source>A recovery key was made, but you have not confirmed yet that you kept it. Without it your messages cannot come back.</source>
        <translation>Un code de vérification a été créé, mais vous n’avez pas encore confirmé l’avoir conservé. Sans lui, vos messages ne peuvent pas revenir.</translation>
    </message>
    <message>
        <source>The backup of your message keys is no longer on the server, or was exchanged. Your keys are still on this device.</source>
        <translation>La sauvegarde des clés de vos messages n’est plus sur le serveur, ou a été remplacée. Vos clés sont toujours sur cet appareil.</translation>
    </message>
    <message>
        <source>Parvis is finding out…</source>
        <translation>Parvis se renseigne…</translation>
    </message>
    <message>
        <source>This device is verified: those you write to can trust it.</source>
        <translation>Cet appareil est vérifié&#xa0;: ceux à qui vous écrivez peuvent s’y fier.</translation>
    </message>
    <message>
        <source>This device is not verified: it cannot read earlier messages, and others are warned of what it sends.</source>
        <translation>Cet appareil n’est pas vérifié&#xa0;: il ne peut pas lire les messages antérieurs, et les autres sont mis en garde contre ce qu’il envoie.</translation>
    </message>
    <message>
        <source>Nothing vouches for this device yet. Setting up the recovery takes care of it.</source>
        <translation>Rien ne se porte encore garant de cet appareil. Configurer la récupération y remédie.</translation>
    </message>
    <message>
        <source>The recovery is set up, but you have not confirmed yet that you kept the recovery key.</source>
        <translation>La récupération est configurée, mais vous n’avez pas encore confirmé avoir conservé le code de vérification.</translation>
    </message>
    <message>
        <source>The recovery is set up: your recovery key opens your messages on a new device.</source>
        <translation>La récupération est configurée&#xa0;: votre code de vérification ouvre vos messages sur un nouvel appareil.</translation>
    </message>
    <message>
        <source>The recovery is not set up: if you lose all your devices, your messages are lost.</source>
        <translation>La récupération n’est pas configurée&#xa0;: si vous perdez tous vos appareils, vos messages sont perdus.</translation>
    </message>
    <message>
        <source>The backup of your message keys is gone or was exchanged. Nothing is backed up at the moment.</source>
        <translation>La sauvegarde des clés de vos messages a disparu ou a été remplacée. Rien n’est sauvegardé pour le moment.</translation>
    </message>
    <message>
        <source>There is no backup of your message keys.</source>
        <translation>Sauvegarde automatique inactive&#xa0;: les clés de vos messages ne sont pas sauvegardées.</translation>
    </message>
    <message>
        <source>There is a backup of message keys that this device does not trust yet.</source>
        <translation>Une sauvegarde automatique existe, mais cet appareil ne s’y fie pas encore.</translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) still to be backed up; this goes on by itself.</source>
        <translation>
            <numerusform>Encore %n clé à sauvegarder&#xa0;; cela se fait tout seul.</numerusform>
            <numerusform>Encore %n clés à sauvegarder&#xa0;; cela se fait tout seul.</numerusform>
        </translation>
    </message>
    <message>
        <source>All message keys of this device are backed up.</source>
        <translation>Sauvegarde automatique&#xa0;: toutes les clés de messages de cet appareil y sont.</translation>
    </message>
    <message>
        <source>Your account’s identity has changed</source>
        <translation>L’identité de votre compte a changé</translation>
    </message>
    <message>
        <source>Your account’s identity is another one than before, and nothing is sent from here. If you reset your account on another device, verify this one again. If you did not, somebody else may be using it: verify nothing and tell your administration.</source>
        <translation>L’identité de votre compte n’est plus la même, et rien n’est envoyé d’ici. Si vous avez réinitialisé votre compte sur un autre appareil, vérifiez celui-ci à nouveau. Sinon, quelqu’un d’autre l’utilise peut-être&#xa0;: ne vérifiez rien et prévenez votre administration.</translation>
    </message>
    <message>
        <source>The backup of your message keys is no longer on the server. Your keys are still on this device: with your recovery key, make a new backup of them.</source>
        <translation>La sauvegarde de vos clés de messages n’est plus sur le serveur. Vos clés sont toujours sur cet appareil&#xa0;: créez-en une nouvelle sauvegarde avec votre code de vérification.</translation>
    </message>
    <message>
        <source>The backup of your message keys is gone. Nothing is backed up until you make a new one with your recovery key.</source>
        <translation>La sauvegarde de vos clés de messages a disparu. Rien n’est sauvegardé tant que vous n’en créez pas une nouvelle avec votre code de vérification.</translation>
    </message>
    <message>
        <source>A new backup of your message keys was begun, but your recovery key does not open it yet. Enter it once more.</source>
        <translation>Une nouvelle sauvegarde de vos clés de messages a été commencée, mais votre code de vérification ne l’ouvre pas encore. Saisissez-le encore une fois.</translation>
    </message>
    <message>
        <source>Older data was put back</source>
        <translation>Des données plus anciennes ont été remises en place</translation>
    </message>
    <message>
        <source>The data of this device was replaced by an older copy, from a backup for example. Some recent messages may be unreadable here. To be safe, sign out and sign in again; if nobody you know did this, tell your administration.</source>
        <translation>Les données de cet appareil ont été remplacées par une copie plus ancienne, issue d’une sauvegarde par exemple. Des messages récents peuvent être illisibles ici. Pour plus de sûreté, déconnectez-vous puis reconnectez-vous&#xa0;; si personne de votre connaissance n’a fait cela, prévenez votre administration.</translation>
    </message>
</context>
<context>
    <name>parvis::ErrorText</name>
    <message>
        <source>This is no place on earth. Check the two numbers.</source>
        <translation>Ce n’est pas un lieu sur Terre. Vérifiez les deux nombres.</translation>
    </message>
    <message>
        <source>This poll has ended: its votes are final.</source>
        <translation>Ce sondage est terminé&#xa0;: ses votes sont définitifs.</translation>
    </message>
    <message>
        <source>This cannot be forwarded there: it is no message, or its file would lose its encryption. Write it anew instead.</source>
        <translation>Ceci ne peut pas être transféré là-bas&#xa0;: ce n’est pas un message, ou son fichier perdrait son chiffrement. Réécrivez-le plutôt.</translation>
    </message>
    <message>
        <source>This is no address of a person. It looks like @claire:exemple.gouv.</source>
        <translation>Ce n’est pas l’adresse d’une personne. Elle ressemble à @claire:exemple.gouv.</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <extracomment>1: a sentence, 2: a code for support</extracomment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>The server does not know this name or this password. Check both and try again.</source>
        <translation>Le serveur ne reconnaît pas ce nom ou ce mot de passe. Vérifiez les deux, puis réessayez.</translation>
    </message>
    <message>
        <source>The server does not let you invite this person here.</source>
        <translation>Le serveur ne vous permet pas d’inviter cette personne ici.</translation>
    </message>
    <message>
        <source>This conversation does not let you in. Ask one of its members to invite you.</source>
        <translation>Cette conversation ne vous est pas ouverte. Demandez à l’un de ses membres de vous inviter.</translation>
    </message>
    <message>
        <source>This account was closed. Ask your administration.</source>
        <translation>Ce compte a été fermé. Adressez-vous à votre administration.</translation>
    </message>
    <message>
        <source>This account is locked. Your messages are kept. Ask your administration.</source>
        <translation>Ce compte est bloqué. Vos messages sont conservés. Adressez-vous à votre administration.</translation>
    </message>
    <message>
        <source>This account has expired. Ask for the renewal e-mail, then try again.</source>
        <translation>Ce compte a expiré. Demandez le courriel de renouvellement, puis réessayez.</translation>
    </message>
    <message>
        <source>The server has ended this session. Your messages are kept: sign in again.</source>
        <translation>Le serveur a mis fin à cette connexion. Vos messages sont conservés&#xa0;: reconnectez-vous.</translation>
    </message>
    <message>
        <source>Nobody has this address. Check it letter by letter.</source>
        <translation>Personne n’a cette adresse. Vérifiez-la lettre par lettre.</translation>
    </message>
    <message>
        <source>This message is too long for the server. Shorten it and send it again.</source>
        <translation>Ce message est trop long pour le serveur. Raccourcissez-le, puis renvoyez-le.</translation>
    </message>
    <message>
        <source>This message is on its way already, so it can no longer be taken back.</source>
        <translation>Ce message est déjà en chemin&#xa0;: il n’est plus possible de l’annuler.</translation>
    </message>
    <message>
        <source>This is no address of a conversation. It looks like #salon:exemple.gouv.</source>
        <translation>Ce n’est pas l’adresse d’une conversation. Elle ressemble à #salon:exemple.gouv.</translation>
    </message>
    <message>
        <source>A direct conversation is with one person. Name one, or make a private room.</source>
        <translation>Une conversation directe se tient avec une seule personne. Indiquez-en une, ou créez un salon privé.</translation>
    </message>
    <message>
        <source>There is nothing to send yet. Write something first.</source>
        <translation>Il n’y a rien à envoyer. Écrivez d’abord un message.</translation>
    </message>
    <message>
        <source>The readers’ devices could not be given the key yet. The message is kept and goes out by itself.</source>
        <translation>La clé n’a pas encore pu être remise aux appareils des destinataires. Le message est conservé et partira de lui-même.</translation>
    </message>
    <message>
        <source>This message was sent or cancelled already.</source>
        <translation>Ce message a déjà été envoyé ou annulé.</translation>
    </message>
    <message>
        <source>Only its author can change a message.</source>
        <translation>Seul son auteur peut modifier un message.</translation>
    </message>
    <message>
        <source>This message is not known on this computer. Read further back, then try again.</source>
        <translation>Ce message n’est pas connu sur cet ordinateur. Remontez dans la conversation, puis réessayez.</translation>
    </message>
    <message>
        <source>This conversation is not known, or you have left it.</source>
        <translation>Cette conversation n’est pas connue, ou vous l’avez quittée.</translation>
    </message>
    <message>
        <source>Another conversation has taken the place of this one.</source>
        <translation>Une autre conversation a pris la place de celle-ci.</translation>
    </message>
    <message>
        <source>A room cannot have this value. Choose another.</source>
        <translation>Un salon ne peut pas avoir cette valeur. Choisissez-en une autre.</translation>
    </message>
    <message>
        <source>This is no space.</source>
        <translation>Ce n’est pas un espace.</translation>
    </message>
    <message>
        <source>This kind of room cannot be made yet. Choose another.</source>
        <translation>Ce type de salon ne peut pas encore être créé. Choisissez-en un autre.</translation>
    </message>
    <message>
        <source>The settings could not be written. Check the disk and the rights of the folder.</source>
        <translation>Les réglages n’ont pas pu être enregistrés. Vérifiez le disque et les droits du dossier.</translation>
    </message>
    <message>
        <source>Your administration has fixed this setting.</source>
        <translation>Votre administration a fixé ce réglage.</translation>
    </message>
    <message>
        <source>The server has reached a limit of its own. Ask your administration.</source>
        <translation>Le serveur a atteint l’une de ses limites. Adressez-vous à votre administration.</translation>
    </message>
    <message>
        <source>This conversation is of a kind that the server does not know.</source>
        <translation>Cette conversation est d’un type que le serveur ne connaît pas.</translation>
    </message>
    <message>
        <source>The server does not answer. Check the network, then try again.</source>
        <translation>Le serveur ne répond pas. Vérifiez le réseau, puis réessayez.</translation>
    </message>
    <message>
        <source>The answer takes too long. Check the network, then try again.</source>
        <translation>La réponse se fait trop attendre. Vérifiez le réseau, puis réessayez.</translation>
    </message>
    <message>
        <source>The server’s certificate cannot be trusted, so nothing was sent. Tell your administration.</source>
        <translation>Le certificat du serveur n’est pas digne de confiance&#xa0;; rien n’a été envoyé. Signalez-le à votre administration.</translation>
    </message>
    <message>
        <source>The server has a problem. Nothing of yours is lost; try again in a moment.</source>
        <translation>Le serveur rencontre un problème. Rien n’est perdu&#xa0;; réessayez dans un instant.</translation>
    </message>
    <message>
        <source>The server’s answer makes no sense. Check its name, or tell your administration.</source>
        <translation>La réponse du serveur est incompréhensible. Vérifiez son nom, ou signalez-le à votre administration.</translation>
    </message>
    <message>
        <source>The server asks who you are. Sign in again; your messages are kept.</source>
        <translation>Le serveur demande qui vous êtes. Reconnectez-vous&#xa0;; vos messages sont conservés.</translation>
    </message>
    <message>
        <source>You are not allowed to do this here.</source>
        <translation>Vous n’avez pas le droit de faire cela ici.</translation>
    </message>
    <message>
        <source>This does not exist, or no longer. Check what you typed.</source>
        <translation>Cela n’existe pas, ou plus. Vérifiez ce que vous avez saisi.</translation>
    </message>
    <message numerus="yes">
        <source>Too many attempts. Try again in %n second(s).</source>
        <extracomment>%n: how long the server asks to wait</extracomment>
        <translation>
            <numerusform>Trop de tentatives. Réessayez dans %n seconde.</numerusform>
            <numerusform>Trop de tentatives. Réessayez dans %n secondes.</numerusform>
        </translation>
    </message>
    <message>
        <source>Too many attempts. Wait a moment, then try again.</source>
        <translation>Trop de tentatives. Patientez un instant, puis réessayez.</translation>
    </message>
    <message>
        <source>This is too large. Shorten it, then try again.</source>
        <translation>C’est trop volumineux. Réduisez, puis réessayez.</translation>
    </message>
    <message>
        <source>This computer’s disk cannot be written or read. What was there is kept.</source>
        <translation>Le disque de cet ordinateur ne peut être ni lu ni écrit. Ce qui s’y trouvait est conservé.</translation>
    </message>
    <message>
        <source>The system’s keychain does not give your key. Unlock it, then try again.</source>
        <translation>Le trousseau du système ne donne pas votre clé. Déverrouillez-le, puis réessayez.</translation>
    </message>
    <message>
        <source>A key is missing or does not fit, so this was not done.</source>
        <translation>Une clé manque ou ne convient pas&#xa0;; rien n’a été fait.</translation>
    </message>
    <message>
        <source>This was stopped before its end.</source>
        <translation>L’opération a été arrêtée avant la fin.</translation>
    </message>
    <message>
        <source>Your administration does not allow this.</source>
        <translation>Votre administration ne le permet pas.</translation>
    </message>
    <message>
        <source>This cannot be done as it was asked. Check what you typed.</source>
        <translation>Cela ne peut pas se faire ainsi. Vérifiez ce que vous avez saisi.</translation>
    </message>
    <message>
        <source>Parvis made a mistake. Nothing of yours is lost; please report it.</source>
        <translation>Parvis a commis une erreur. Rien n’est perdu&#xa0;; merci de la signaler.</translation>
    </message>
    <message>
        <source>This address cannot be used. Check the server’s name.</source>
        <translation>Cette adresse ne peut pas être utilisée. Vérifiez le nom du serveur.</translation>
    </message>
    <message>
        <source>The network asks for something first, as in a hotel or a train. Open a web browser, answer it, then try again.</source>
        <translation>Le réseau demande d’abord quelque chose, comme dans un hôtel ou un train. Ouvrez un navigateur web, répondez-lui, puis réessayez.</translation>
    </message>
    <message>
        <source>The certificate file of your administration cannot be used. Nothing was sent. Tell your administration.</source>
        <translation>Le fichier de certificats de votre administration est inutilisable. Rien n’a été envoyé. Signalez-le à votre administration.</translation>
    </message>
    <message>
        <source>This computer’s clock is wrong, so no server can be trusted. Set the date and the time, then try again.</source>
        <translation>L’horloge de cet ordinateur est fausse&#xa0;; aucun serveur ne peut donc être vérifié. Réglez la date et l’heure, puis réessayez.</translation>
    </message>
    <message>
        <source>This computer’s disk is full. What is here is safe. Free some space: Parvis then goes on by itself.</source>
        <translation>Le disque de cet ordinateur est plein. Ce qui est là est en sûreté. Libérez de l’espace&#xa0;: Parvis reprendra de lui-même.</translation>
    </message>
    <message>
        <source>This server is only reachable without encryption, which Parvis does not do. Nothing was sent. Check its name.</source>
        <translation>Ce serveur n’est joignable que sans chiffrement, ce que Parvis refuse. Rien n’a été envoyé. Vérifiez son nom.</translation>
    </message>
    <message>
        <source>This server does not let you sign in with a password, the one way that this version knows. Ask your administration.</source>
        <translation>Ce serveur ne permet pas de se connecter par mot de passe, la seule façon que cette version connaît. Adressez-vous à votre administration.</translation>
    </message>
    <message>
        <source>This message is no longer waiting: it was sent or cancelled.</source>
        <translation>Ce message n’attend plus&#xa0;: il a été envoyé ou annulé.</translation>
    </message>
    <message>
        <source>Another Parvis is already open on this profile. Close it first.</source>
        <translation>Un autre Parvis est déjà ouvert sur ce profil. Fermez-le d’abord.</translation>
    </message>
    <message>
        <source>This message is being sent right now. Wait a moment.</source>
        <translation>Ce message est en cours d’envoi. Patientez un instant.</translation>
    </message>
    <message>
        <source>The server’s answer is larger than it may be, so it was dropped. Try again, or tell your administration.</source>
        <translation>La réponse du serveur dépasse la taille permise&#xa0;: elle a été écartée. Réessayez, ou prévenez votre administration.</translation>
    </message>
    <message>
        <source>A file of your account is missing. If a backup of this computer holds it, restore it.</source>
        <translation>Un fichier de votre compte manque. Si une sauvegarde de cet ordinateur le contient, restaurez-le.</translation>
    </message>
    <message>
        <source>Parvis is not installed correctly: its database is another one. Install it anew.</source>
        <translation>Parvis n’est pas installé correctement&#xa0;: sa base de données n’est pas la bonne. Réinstallez-le.</translation>
    </message>
    <message>
        <source>The files of your account were written by a newer Parvis. They are kept. Install that version.</source>
        <translation>Les fichiers de votre compte ont été écrits par un Parvis plus récent. Ils sont conservés. Installez cette version.</translation>
    </message>
    <message>
        <source>The key does not open the files of your account. They are kept.</source>
        <translation>La clé n’ouvre pas les fichiers de votre compte. Ils sont conservés.</translation>
    </message>
    <message>
        <source>This account is already on this computer. Close Parvis and open it again.</source>
        <translation>Ce compte est déjà sur cet ordinateur. Fermez Parvis, puis rouvrez-le.</translation>
    </message>
    <message>
        <source>No keychain answers in this session, so your key has no safe place. Start it, then try again.</source>
        <translation>Aucun trousseau ne répond dans cette session&#xa0;; votre clé n’a donc pas d’endroit sûr. Démarrez-le, puis réessayez.</translation>
    </message>
    <message>
        <source>The keychain no longer holds your key. Your files are kept.</source>
        <translation>Le trousseau ne contient plus votre clé. Vos fichiers sont conservés.</translation>
    </message>
    <message>
        <source>The keychain does not keep what it is given. Restart your session, then try again.</source>
        <translation>Le trousseau ne conserve pas ce qu’on lui confie. Redémarrez votre session, puis réessayez.</translation>
    </message>
    <message>
        <source>The keychain is locked. Unlock it, then try again.</source>
        <translation>Le trousseau est verrouillé. Déverrouillez-le, puis réessayez.</translation>
    </message>
    <message>
        <source>Your administration does not allow the way of signing in that this server offers. Ask your administration.</source>
        <translation>Votre administration ne permet pas la façon de se connecter que ce serveur propose. Adressez-vous à elle.</translation>
    </message>
    <message>
        <source>This message is too long. Shorten it or send it in parts.</source>
        <translation>Ce message est trop long. Raccourcissez-le ou envoyez-le en plusieurs fois.</translation>
    </message>
    <message>
        <source>What answers under this name is no Matrix server. Check the name, or ask your administration for it.</source>
        <translation>Ce qui répond sous ce nom n’est pas un serveur Matrix. Vérifiez le nom, ou demandez-le à votre administration.</translation>
    </message>
    <message>
        <source>This account is not on this computer. Sign in first.</source>
        <translation>Ce compte n’est pas sur cet ordinateur. Connectez-vous d’abord.</translation>
    </message>
    <message>
        <source>This server offers no way of signing in that this version knows. Ask your administration.</source>
        <translation>Ce serveur ne propose aucune façon de se connecter que cette version connaît. Adressez-vous à votre administration.</translation>
    </message>
    <message>
        <source>This is another account than the one on this computer. Check the name and the password.</source>
        <translation>Ce n’est pas le compte qui est sur cet ordinateur. Vérifiez le nom et le mot de passe.</translation>
    </message>
    <message>
        <source>Type your passphrase.</source>
        <translation>Saisissez votre phrase secrète.</translation>
    </message>
    <message>
        <source>Your administration allows other servers only. Use the one that it names.</source>
        <translation>Votre administration ne permet que d’autres serveurs. Utilisez celui qu’elle indique.</translation>
    </message>
    <message>
        <source>This server is too old for Parvis. Tell your administration.</source>
        <translation>Ce serveur est trop ancien pour Parvis. Signalez-le à votre administration.</translation>
    </message>
    <message>
        <source>This conversation is encrypted in a way that this version does not know. Nothing was sent.</source>
        <translation>Cette conversation est chiffrée d’une façon que cette version ne connaît pas. Rien n’a été envoyé.</translation>
    </message>
    <message>
        <source>The file in which this domain names its server could not be fetched. Check the name, then try again.</source>
        <translation>Le fichier où ce domaine indique son serveur n’a pas pu être lu. Vérifiez le nom, puis réessayez.</translation>
    </message>
    <message>
        <source>The file in which this domain names its server is wrong. Tell your administration.</source>
        <translation>Le fichier où ce domaine indique son serveur est erroné. Signalez-le à votre administration.</translation>
    </message>
    <message>
        <source>This is not the right passphrase. Your messages are kept; try again.</source>
        <translation>Ce n’est pas la bonne phrase secrète. Vos messages sont conservés&#xa0;; réessayez.</translation>
    </message>
    <message>
        <source>This is neither an address nor a server. They look like @claire:exemple.gouv and exemple.gouv.</source>
        <translation>Ce n’est ni une adresse, ni un serveur. Ils ressemblent à @claire:exemple.gouv et à exemple.gouv.</translation>
    </message>
    <message>
        <source>No server answers at this address. Check it, then try again in a moment.</source>
        <translation>Aucun serveur ne répond à cette adresse. Vérifiez-la, puis réessayez dans un instant.</translation>
    </message>
    <message>
        <source>The server’s name cannot be found. Check it letter by letter, and that this computer is on the network.</source>
        <translation>Le nom du serveur est introuvable. Vérifiez-le lettre par lettre, et que cet ordinateur est bien sur le réseau.</translation>
    </message>
    <message>
        <source>Nobody is signed in. Sign in first.</source>
        <translation>Personne n’est connecté. Connectez-vous d’abord.</translation>
    </message>
    <message>
        <source>The proxy of your network asks for a name and a password that Parvis does not have. Tell your administration.</source>
        <translation>Le serveur mandataire de votre réseau demande un nom et un mot de passe que Parvis n’a pas. Signalez-le à votre administration.</translation>
    </message>
    <message>
        <source>The proxy of your network does not answer. Check the network, then try again; tell your administration if it stays so.</source>
        <translation>Le serveur mandataire de votre réseau ne répond pas. Vérifiez le réseau, puis réessayez&#xa0;; si cela persiste, signalez-le à votre administration.</translation>
    </message>
    <message>
        <source>The server’s certificate has expired, so nothing was sent. Tell your administration.</source>
        <translation>Le certificat du serveur a expiré, donc rien n’a été envoyé. Signalez-le à votre administration.</translation>
    </message>
    <message>
        <source>The certificate is that of another server, so nothing was sent. Check the server’s name, or tell your administration.</source>
        <translation>Le certificat est celui d’un autre serveur, donc rien n’a été envoyé. Vérifiez le nom du serveur, ou signalez-le à votre administration.</translation>
    </message>
    <message>
        <source>The server does not know this, or no longer. Try again in a moment; if it stays so, tell your administration.</source>
        <translation>Le serveur ne connaît pas cela, ou ne le connaît plus. Réessayez dans un instant&#xa0;; si cela persiste, signalez-le à votre administration.</translation>
    </message>
    <message>
        <source>The copy of your messages on this computer (cache.db) is damaged. It is set aside and fetched anew. If this comes again, have the disk checked.</source>
        <translation>La copie de vos messages sur cet ordinateur (cache.db) est endommagée. Elle est mise de côté et récupérée de nouveau. Si cela se reproduit, faites vérifier le disque.</translation>
    </message>
    <message>
        <source>The file with your encryption keys (keys.db) is damaged. It is kept as it is. Ask your support.</source>
        <translation>Le fichier de vos clés de chiffrement (keys.db) est endommagé. Il est conservé tel quel. Demandez à votre support.</translation>
    </message>
    <message>
        <source>A file of your account is damaged. It is kept as it is. Ask your support.</source>
        <translation>Un fichier de votre compte est endommagé. Il est conservé tel quel. Demandez à votre support.</translation>
    </message>
    <message>
        <source>This message may have reached the server already. Parvis makes sure as soon as it can; until then it cannot be taken back.</source>
        <translation>Ce message est peut-être déjà arrivé au serveur. Parvis s’en assure dès que possible&#xa0;; d’ici là, il n’est pas possible de l’annuler.</translation>
    </message>
    <message>
        <source>The server asks you to agree on your account&apos;s page, in the browser. Come back here afterwards.</source>
        <translation>Le serveur vous demande votre accord sur la page de votre compte, dans le navigateur. Revenez ensuite ici.</translation>
    </message>
    <message>
        <source>The security keys have changed since. Compare them again.</source>
        <translation>Les clés de sécurité ont changé entre-temps. Comparez-les à nouveau.</translation>
    </message>
    <message>
        <source>Your account is already protected by another of your devices. Verify this one with it, or with your recovery key.</source>
        <translation>Votre compte est déjà protégé par un autre de vos appareils. Vérifiez celui-ci avec lui ou avec votre code de vérification.</translation>
    </message>
    <message>
        <source>Type your password to go on.</source>
        <translation>Saisissez votre mot de passe pour continuer.</translation>
    </message>
    <message>
        <source>The password is not the right one. Type it again.</source>
        <translation>Le mot de passe n’est pas le bon. Saisissez-le à nouveau.</translation>
    </message>
    <message>
        <source>The backup was made for another key than this one. Enter the recovery key that belongs to it.</source>
        <translation>La sauvegarde a été faite pour une autre clé que celle-ci. Saisissez le code de vérification qui va avec.</translation>
    </message>
    <message>
        <source>What the server holds for your recovery is damaged. Use another of your devices, or set the recovery up anew.</source>
        <translation>Ce que le serveur conserve pour votre récupération est endommagé. Utilisez un autre de vos appareils, ou configurez de nouveau la récupération.</translation>
    </message>
    <message>
        <source>This does not open what is stored for your recovery: it is another key, or what is stored was altered. Check the recovery key.</source>
        <translation>Ceci n’ouvre pas ce qui est conservé pour votre récupération&#xa0;: c’est une autre clé, ou ce qui est conservé a été modifié. Vérifiez le code de vérification.</translation>
    </message>
    <message>
        <source>This is no recovery key. It begins with Es and has twelve groups of four letters.</source>
        <translation>Ceci n’est pas un code de vérification. Il commence par Es et compte douze groupes de quatre caractères.</translation>
    </message>
    <message>
        <source>Letters are missing, or there are too many. A recovery key has twelve groups of four.</source>
        <translation>Il manque des caractères, ou il y en a trop. Un code de vérification compte douze groupes de quatre.</translation>
    </message>
    <message>
        <source>One of these letters is never in a recovery key, which has no zero, no capital O or I and no small L. Compare it with what you kept.</source>
        <translation>L’un de ces caractères n’est jamais dans un code de vérification, qui n’a ni zéro, ni O ou I majuscules, ni L minuscule. Comparez-le à ce que vous avez conservé.</translation>
    </message>
    <message>
        <source>A letter is wrong in this recovery key. Compare it letter by letter with what you kept, capitals and small letters, too.</source>
        <translation>Un caractère de ce code de vérification est faux. Comparez-le caractère par caractère à ce que vous avez conservé, majuscules et minuscules comprises.</translation>
    </message>
    <message>
        <source>Your recovery does not hold this. Use another of your devices, or set the recovery up anew.</source>
        <translation>Votre récupération ne contient pas cela. Utilisez un autre de vos appareils, ou configurez de nouveau la récupération.</translation>
    </message>
    <message>
        <source>What the server holds for your passphrase cannot be meant so. Use the recovery key, and tell your administration.</source>
        <translation>Ce que le serveur conserve pour votre phrase secrète ne peut pas être voulu ainsi. Utilisez le code de vérification, et prévenez votre administration.</translation>
    </message>
    <message>
        <source>Your recovery was set up in a way that this version does not know. Use the application that set it up.</source>
        <translation>Votre récupération a été configurée d’une façon que cette version ne connaît pas. Utilisez l’application qui l’a configurée.</translation>
    </message>
    <message>
        <source>The other side sent our own key back, as somebody in between would. Nothing was verified. Start again.</source>
        <translation>L’autre côté a renvoyé notre propre clé, comme le ferait quelqu’un placé entre vous. Rien n’a été vérifié. Recommencez.</translation>
    </message>
    <message>
        <source>What is needed to open this file did not come with it. Ask for it to be sent again.</source>
        <translation>Ce qu’il faut pour ouvrir ce fichier n’est pas arrivé avec lui. Demandez qu’il soit renvoyé.</translation>
    </message>
    <message>
        <source>This file is encrypted in a way that this version does not know. Use the application that sent it.</source>
        <translation>Ce fichier est chiffré d’une façon que cette version ne connaît pas. Utilisez l’application qui l’a envoyé.</translation>
    </message>
    <message>
        <source>The file could not be written to its end. Check the disk and the rights of the folder.</source>
        <translation>Le fichier n’a pas pu être écrit jusqu’au bout. Vérifiez le disque et les droits du dossier.</translation>
    </message>
    <message>
        <source>This file cannot be read. Check that it is still there and that nothing else is writing to it.</source>
        <translation>Ce fichier ne peut pas être lu. Vérifiez qu’il est toujours là et que rien d’autre n’y écrit.</translation>
    </message>
    <message>
        <source>This key file is damaged: it holds signs that such a file never has. Take another copy of it.</source>
        <translation>Ce fichier de clés est endommagé&#xa0;: il contient des signes qu’un tel fichier n’a jamais. Prenez-en une autre copie.</translation>
    </message>
    <message>
        <source>This key file opens, but what is in it is no list of keys. Export the keys anew.</source>
        <translation>Ce fichier de clés s’ouvre, mais son contenu n’est pas une liste de clés. Exportez de nouveau les clés.</translation>
    </message>
    <message>
        <source>The end of this key file is missing. Copy it again from where it comes from.</source>
        <translation>La fin de ce fichier de clés manque. Copiez-le de nouveau depuis son origine.</translation>
    </message>
    <message>
        <source>This is no key file. Choose the one that was exported, from this or another application.</source>
        <translation>Ceci n’est pas un fichier de clés. Choisissez celui qui a été exporté, par cette application ou une autre.</translation>
    </message>
    <message>
        <source>The passphrase does not open this key file. Check it; if it is right, the file is damaged.</source>
        <translation>La phrase secrète n’ouvre pas ce fichier de clés. Vérifiez-la&#xa0;; si elle est juste, le fichier est endommagé.</translation>
    </message>
    <message>
        <source>This key file would keep the computer busy for hours, which cannot be meant. Take another copy of it.</source>
        <translation>Ce fichier de clés occuperait l’ordinateur pendant des heures, ce qui ne peut pas être voulu. Prenez-en une autre copie.</translation>
    </message>
    <message>
        <source>Most of this key file is missing. Copy it again from where it comes from.</source>
        <translation>La plus grande partie de ce fichier de clés manque. Copiez-le de nouveau depuis son origine.</translation>
    </message>
    <message>
        <source>This key file is of a version that Parvis does not know. Use a newer Parvis, or export the keys anew.</source>
        <translation>Ce fichier de clés est d’une version que Parvis ne connaît pas. Utilisez un Parvis plus récent, ou exportez de nouveau les clés.</translation>
    </message>
    <message>
        <source>This QR code is incomplete. Have it shown again, and take a new picture of the whole of it.</source>
        <translation>Ce code QR est incomplet. Faites-le afficher de nouveau, et prenez-en une nouvelle image entière.</translation>
    </message>
    <message>
        <source>This QR code is for something else. Take the one that the other device shows for the verification.</source>
        <translation>Ce code QR sert à autre chose. Prenez celui que l’autre appareil affiche pour la vérification.</translation>
    </message>
    <message>
        <source>Your account has no key backup that is yours. Enter the recovery key first, or set the recovery up.</source>
        <translation>Votre compte n’a pas de sauvegarde des clés qui soit la vôtre. Saisissez d’abord votre code de vérification, ou configurez la récupération.</translation>
    </message>
    <message>
        <source>This device cannot open the key backup. Enter the recovery key first.</source>
        <translation>Cet appareil ne peut pas ouvrir la sauvegarde des clés. Saisissez d’abord votre code de vérification.</translation>
    </message>
    <message>
        <source>The key backup is too large to be fetched as a whole. Keys of messages that you look at still come. Tell your administration.</source>
        <translation>La sauvegarde des clés est trop volumineuse pour être récupérée d’un coup. Les clés des messages que vous consultez arrivent quand même. Signalez-le à votre administration.</translation>
    </message>
    <message>
        <source>Keys are being exported, imported or restored already. Wait for the end, or cancel it.</source>
        <translation>Des clés sont déjà en cours d’export, d’import ou de récupération. Attendez la fin, ou annulez.</translation>
    </message>
    <message>
        <source>The recovery is being set up already. Wait a moment.</source>
        <translation>La récupération est déjà en cours de configuration. Patientez un instant.</translation>
    </message>
    <message>
        <source>The recovery of your account is another one than before, and this key does not open it. If you did not set it up anew on another device, tell your administration.</source>
        <translation>La récupération de votre compte n’est plus la même qu’avant, et ce code ne l’ouvre pas. Si vous ne l’avez pas reconfigurée sur un autre appareil, prévenez votre administration.</translation>
    </message>
    <message>
        <source>Your account has a recovery already. Enter its recovery key, or reset everything.</source>
        <translation>Votre compte a déjà une récupération. Saisissez son code de vérification, ou réinitialisez tout.</translation>
    </message>
    <message>
        <source>Type the recovery key or the passphrase.</source>
        <translation>Saisissez le code de vérification ou la phrase secrète.</translation>
    </message>
    <message>
        <source>Your account has no recovery. Use another of your devices, or set one up.</source>
        <translation>Votre compte n’a pas de récupération. Utilisez un autre de vos appareils, ou configurez-la.</translation>
    </message>
    <message>
        <source>Your recovery was made without a passphrase. Type the recovery key.</source>
        <translation>Votre récupération a été créée sans phrase secrète. Saisissez le code de vérification.</translation>
    </message>
    <message>
        <source>What your recovery holds does not fit your account’s identity, so nothing of it was used. If you did not reset your identity, tell your administration.</source>
        <translation>Ce que contient votre récupération ne correspond pas à l’identité de votre compte&#xa0;: rien n’a été utilisé. Si vous n’avez pas réinitialisé votre identité, prévenez votre administration.</translation>
    </message>
    <message>
        <source>This is not the recovery key or the passphrase of your account. It may belong to another account, or to an earlier recovery.</source>
        <translation>Ce n’est pas le code de vérification ou la phrase secrète de votre compte. Il appartient peut-être à un autre compte, ou à une ancienne récupération.</translation>
    </message>
    <message>
        <source>This verification is over already. Start a new one.</source>
        <translation>Cette vérification est déjà terminée. Commencez-en une nouvelle.</translation>
    </message>
    <message>
        <source>This QR code belongs to another verification. Take the one that the other device shows now.</source>
        <translation>Ce code QR est celui d’une autre vérification. Prenez celui que l’autre appareil affiche maintenant.</translation>
    </message>
    <message>
        <source>This cannot be done at this moment of the verification. Look at what the other device shows.</source>
        <translation>Ce n’est pas possible à ce stade de la vérification. Regardez ce qu’affiche l’autre appareil.</translation>
    </message>
    <message>
        <source>Before you can verify other people, this device has to be verified itself, with another of your devices or with your recovery key.</source>
        <translation>Avant de pouvoir vérifier d’autres personnes, cet appareil doit être vérifié lui-même, avec un autre de vos appareils ou avec votre code de vérification.</translation>
    </message>
    <message>
        <source>This person cannot be verified yet: nothing vouches for their devices. They have to set that up in their application first.</source>
        <translation>Cette personne ne peut pas encore être vérifiée&#xa0;: rien ne répond de ses appareils. Elle doit d’abord le configurer dans son application.</translation>
    </message>
    <message>
        <source>Somebody here had been verified and has other security keys now. Verify the person again or accept the change, then send again.</source>
        <translation>Une personne de ce salon avait été vérifiée et ses clés de sécurité ont changé. Vérifiez-la à nouveau ou acceptez le changement, puis renvoyez le message.</translation>
    </message>
    <message>
        <source>There is no picture in the clipboard. Copy the picture or a screenshot of the code first.</source>
        <translation>Le presse-papiers ne contient pas d’image. Copiez d’abord l’image ou une capture d’écran du code.</translation>
    </message>
    <message>
        <source>No QR code can be seen in this picture. Take the whole of it, straight and sharp, with its white border.</source>
        <translation>Aucun code QR n’est visible sur cette image. Prenez-le en entier, droit et net, avec sa bordure blanche.</translation>
    </message>
    <message>
        <source>This is no picture that Parvis can open. Take a PNG or JPEG file.</source>
        <translation>Ce n’est pas une image que Parvis peut ouvrir. Prenez un fichier PNG ou JPEG.</translation>
    </message>
    <message>
        <source>This picture is too large. Cut it down to the code, then try again.</source>
        <translation>Cette image est trop grande. Recadrez-la sur le code, puis réessayez.</translation>
    </message>
    <message>
        <source>No QR code can be made here. Compare the pictures instead.</source>
        <translation>Aucun code QR ne peut être créé ici. Comparez plutôt les images.</translation>
    </message>
    <message>
        <source>This is the device that you are using. Sign out of Parvis instead.</source>
        <translation>C’est l’appareil que vous utilisez. Déconnectez-vous plutôt de Parvis.</translation>
    </message>
    <message>
        <source>The server sends more than this file has, so it was not fetched to its end. Ask for it to be sent again.</source>
        <translation>Le serveur envoie plus que ce fichier ne contient&#xa0;: il n’a pas été téléchargé jusqu’au bout. Demandez qu’on vous le renvoie.</translation>
    </message>
    <message>
        <source>There is a file of this name already. Choose another name or folder.</source>
        <translation>Un fichier porte déjà ce nom. Choisissez un autre nom ou un autre dossier.</translation>
    </message>
    <message>
        <source>This file is larger than the server takes. Send it in parts, or by another way.</source>
        <translation>Ce fichier dépasse la taille que le serveur accepte. Envoyez-le en plusieurs parties, ou par un autre moyen.</translation>
    </message>
    <message>
        <source>The server no longer has this file. Ask for it to be sent again.</source>
        <translation>Le serveur n’a plus ce fichier. Demandez qu’on vous le renvoie.</translation>
    </message>
    <message>
        <source>There is no file in this message, or it cannot be read yet.</source>
        <translation>Ce message ne contient pas de fichier, ou n’est pas encore lisible.</translation>
    </message>
    <message>
        <source>The copy of this file that waited to be sent is gone or damaged. Delete the message and send the file again.</source>
        <translation>La copie de ce fichier qui attendait d’être envoyée a disparu ou est endommagée. Supprimez le message et envoyez de nouveau le fichier.</translation>
    </message>
    <message>
        <source>You have not given this reaction.</source>
        <translation>Vous n’avez pas réagi ainsi.</translation>
    </message>
    <message>
        <source>You have given this reaction already.</source>
        <translation>Vous avez déjà réagi ainsi.</translation>
    </message>
    <message>
        <source>This file is larger than the %1 that the server takes. Send it in parts, or by another way.</source>
        <extracomment>%1: a size, such as &quot;50 MB&quot;</extracomment>
        <translation>Ce fichier dépasse les %1 que le serveur accepte. Envoyez-le en plusieurs parties, ou par un autre moyen.</translation>
    </message>
    <message>
        <source>This file is empty: there is nothing to send.</source>
        <translation>Ce fichier est vide&#xa0;: il n’y a rien à envoyer.</translation>
    </message>
    <message>
        <source>This is a folder. Make one file of it, an archive for example, and send that.</source>
        <translation>C’est un dossier. Faites-en un seul fichier, par exemple une archive, et envoyez celui-ci.</translation>
    </message>
    <message>
        <source>This file was altered on its way: it is not the one that was sent. Nothing of it was written. Try again; if it stays so, ask for it to be sent again.</source>
        <translation>Ce fichier a été altéré en chemin&#xa0;: ce n’est pas celui qui a été envoyé. Rien n’en a été écrit. Réessayez&#xa0;; si cela se reproduit, demandez qu’il soit renvoyé.</translation>
    </message>
    <message>
        <source>This file has changed since it was joined. Remove it here and join it again if it is to be sent as it is now.</source>
        <translation>Ce fichier a changé depuis qu’il a été joint. Retirez-le et joignez-le à nouveau pour l’envoyer tel qu’il est maintenant.</translation>
    </message>
    <message>
        <source>This file is joined no longer: it was sent or removed already.</source>
        <translation>Ce fichier n’est plus joint&#xa0;: il a déjà été envoyé ou retiré.</translation>
    </message>
    <message>
        <source>Your account’s identity has changed, so nothing is sent from here. Verify this device again, then send again. If you did not reset your account on another device, tell your administration.</source>
        <translation>L’identité de votre compte a changé&#xa0;: rien n’est envoyé d’ici. Vérifiez cet appareil à nouveau, puis renvoyez le message. Si vous n’avez pas réinitialisé votre compte sur un autre appareil, prévenez votre administration.</translation>
    </message>
    <message>
        <source>You had verified somebody here, and your account’s identity has changed since. Verify the person again or go on without, then send again.</source>
        <translation>Vous aviez vérifié une personne de ce salon, et l’identité de votre compte a changé depuis. Vérifiez-la à nouveau ou continuez sans vérification, puis renvoyez le message.</translation>
    </message>
    <message>
        <source>Leave this conversation first.</source>
        <translation>Quittez d’abord cette conversation.</translation>
    </message>
    <message>
        <source>This QR code is of a kind that this version does not know. Compare the pictures instead.</source>
        <translation>Ce code QR est d’un genre que cette version ne connaît pas. Comparez plutôt les images.</translation>
    </message>
    <message>
        <source>The server cannot be found. Check that this computer is on the network, then try again.</source>
        <translation>Le serveur est introuvable. Vérifiez que cet ordinateur est bien sur le réseau, puis réessayez.</translation>
    </message>
    <message>
        <source>This message was waiting when the copy of your data that is in use now was made. It may have been sent since: look before you send it again.</source>
        <translation>Ce message était en attente lorsque la copie de vos données utilisée maintenant a été faite. Il a pu être envoyé depuis&#xa0;: vérifiez avant de le renvoyer.</translation>
    </message>
</context>
<context>
    <name>parvis::FileSaver</name>
    <message>
        <source>%1 is sent.</source>
        <extracomment>%1: the name of a file</extracomment>
        <translation>%1 est envoyé.</translation>
    </message>
    <message>
        <source>%1 is saved in %2.</source>
        <extracomment>1: the name of a file, 2: the name of a folder</extracomment>
        <translation>%1 est enregistré dans %2.</translation>
    </message>
    <message>
        <source>%1 was not saved: its message says why.</source>
        <extracomment>%1: the name of a file</extracomment>
        <translation>%1 n’a pas été enregistré&#xa0;: son message dit pourquoi.</translation>
    </message>
</context>
<context>
    <name>parvis::FileSize</name>
    <message>
        <source>%1 B</source>
        <extracomment>%1: a number of bytes</extracomment>
        <translation>%1 o</translation>
    </message>
    <message>
        <source>%1 KB</source>
        <translation>%1 ko</translation>
    </message>
    <message>
        <source>%1 MB</source>
        <translation>%1 Mo</translation>
    </message>
    <message>
        <source>%1 GB</source>
        <translation>%1 Go</translation>
    </message>
</context>
<context>
    <name>parvis::FileTrayModel</name>
    <message>
        <source>Picture %1.png</source>
        <extracomment>The name of a picture that was pasted. %1: a date and a time, such as &quot;2026-11-29 14.05.10&quot;</extracomment>
        <translation>Image %1.png</translation>
    </message>
    <message numerus="yes">
        <source>No more than %n file(s) at once: the others were not joined.</source>
        <translation>
            <numerusform>Pas plus de %n fichier à la fois&#xa0;: les autres n’ont pas été joints.</numerusform>
            <numerusform>Pas plus de %n fichiers à la fois&#xa0;: les autres n’ont pas été joints.</numerusform>
        </translation>
    </message>
    <message>
        <source>Being looked at…</source>
        <translation>Vérification…</translation>
    </message>
    <message>
        <source>Being prepared…</source>
        <translation>Préparation…</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <extracomment>A joined file as a screen reader says it. 1: its name, 2: its size, or what is wrong with it</extracomment>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>parvis::IdentityChangesModel</name>
    <message>
        <source>You had verified %1, and their identity is another one now. Nothing is sent here until you answer.</source>
        <translation>Vous aviez vérifié %1, dont l’identité n’est plus la même. Rien n’est envoyé ici avant votre réponse.</translation>
    </message>
    <message>
        <source>%1’s identity has changed since you first met. That happens after a reset.</source>
        <translation>L’identité de %1 a changé depuis votre premier échange. Cela arrive après une réinitialisation.</translation>
    </message>
    <message>
        <source>You had verified %1, and the identity of your own account has changed since. Nothing is sent here until you verify them again or go on without.</source>
        <translation>Vous aviez vérifié %1, et l’identité de votre propre compte a changé depuis. Rien n’est envoyé ici avant que vous vérifiiez à nouveau cette personne ou continuiez sans vérification.</translation>
    </message>
</context>
<context>
    <name>parvis::KeyFilesModel</name>
    <message numerus="yes">
        <source>%n characters or more; five words are better. Nobody can give it back to you.</source>
        <translation>
            <numerusform>%n caractère ou plus&#xa0;; cinq mots valent mieux. Personne ne pourra vous la rendre.</numerusform>
            <numerusform>%n caractères ou plus&#xa0;; cinq mots valent mieux. Personne ne pourra vous la rendre.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Too easy to guess. %n characters or more; five words are better.</source>
        <translation>
            <numerusform>Trop facile à deviner. %n caractère ou plus&#xa0;; cinq mots valent mieux.</numerusform>
            <numerusform>Trop facile à deviner. %n caractères ou plus&#xa0;; cinq mots valent mieux.</numerusform>
        </translation>
    </message>
    <message>
        <source>Acceptable. A few words more would make it strong.</source>
        <translation>Acceptable. Quelques mots de plus la rendraient solide.</translation>
    </message>
    <message>
        <source>Strong.</source>
        <translation>Solide.</translation>
    </message>
    <message>
        <source>The keys are being written…</source>
        <translation>Écriture des clés…</translation>
    </message>
    <message>
        <source>The keys are being written: %1</source>
        <translation>Écriture des clés&#xa0;: %1</translation>
    </message>
    <message>
        <source>The keys are being read…</source>
        <translation>Lecture des clés…</translation>
    </message>
    <message>
        <source>The keys are being read: %1</source>
        <translation>Lecture des clés&#xa0;: %1</translation>
    </message>
    <message>
        <source>The keys are being fetched…</source>
        <translation>Récupération des clés…</translation>
    </message>
    <message>
        <source>The keys are being fetched: %1</source>
        <translation>Récupération des clés&#xa0;: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) written. Whoever has the file and the passphrase can read your messages.</source>
        <translation>
            <numerusform>%n clé écrite. Qui a le fichier et la phrase secrète peut lire vos messages.</numerusform>
            <numerusform>%n clés écrites. Qui a le fichier et la phrase secrète peut lire vos messages.</numerusform>
        </translation>
    </message>
    <message>
        <source>There was no key in the file.</source>
        <translation>Le fichier ne contenait aucune clé.</translation>
    </message>
    <message>
        <source>This device had all of these keys already.</source>
        <translation>Cet appareil avait déjà toutes ces clés.</translation>
    </message>
    <message numerus="yes">
        <source>%n new key(s) taken in. Their messages become readable.</source>
        <translation>
            <numerusform>%n nouvelle clé reprise. Ses messages deviennent lisibles.</numerusform>
            <numerusform>%n nouvelles clés reprises. Leurs messages deviennent lisibles.</numerusform>
        </translation>
    </message>
    <message>
        <source>There is no key in the backup yet.</source>
        <translation>La sauvegarde ne contient encore aucune clé.</translation>
    </message>
    <message>
        <source>This device had all of the backup’s keys already.</source>
        <translation>Cet appareil avait déjà toutes les clés de la sauvegarde.</translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) restored. Their messages become readable.</source>
        <translation>
            <numerusform>%n clé récupérée. Ses messages deviennent lisibles.</numerusform>
            <numerusform>%n clés récupérées. Leurs messages deviennent lisibles.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1%</source>
        <translation>%1&#xa0;%</translation>
    </message>
</context>
<context>
    <name>parvis::LoginModel</name>
    <message>
        <source>Parvis on %1</source>
        <extracomment>The name of this device in the person&apos;s list of devices. 1: system, for example &quot;Debian GNU/Linux 12&quot;</extracomment>
        <translation>Parvis sur %1</translation>
    </message>
</context>
<context>
    <name>parvis::MemberListModel</name>
    <message>
        <source>%1 is invited.</source>
        <translation>%1 est invité.</translation>
    </message>
    <message>
        <source>Invited</source>
        <translation>Invité</translation>
    </message>
    <message>
        <source>Admin</source>
        <translation>Admin</translation>
    </message>
    <message>
        <source>Moderator</source>
        <translation>Modérateur</translation>
    </message>
    <message>
        <source>%1 (you)</source>
        <translation>%1 (vous)</translation>
    </message>
    <message>
        <source>external guest</source>
        <translation>invité externe</translation>
    </message>
</context>
<context>
    <name>parvis::NewRoomModel</name>
    <message>
        <source>Name the person you want to write to.</source>
        <translation>Indiquez la personne à qui vous voulez écrire.</translation>
    </message>
    <message>
        <source>Give the room a name, so that its members recognise it.</source>
        <translation>Donnez un nom au salon, pour que ses membres le reconnaissent.</translation>
    </message>
</context>
<context>
    <name>parvis::PersonModel</name>
    <message>
        <source>Parvis is finding out…</source>
        <translation>Parvis se renseigne…</translation>
    </message>
    <message>
        <source>Your account is not protected yet: set up the recovery in the settings.</source>
        <translation>Votre compte n’est pas encore protégé&#xa0;: configurez la récupération dans les paramètres.</translation>
    </message>
    <message>
        <source>Nothing vouches for this person’s devices yet. They have to set that up first.</source>
        <translation>Rien ne se porte encore garant des appareils de cette personne. Elle doit d’abord configurer cela de son côté.</translation>
    </message>
    <message>
        <source>This is you. This device is not verified yet.</source>
        <translation>C’est vous. Cet appareil n’est pas encore vérifié.</translation>
    </message>
    <message>
        <source>You have not verified this person. Compare a few pictures with them, on the phone or in person, to be sure that nobody stands between you.</source>
        <translation>Vous n’avez pas vérifié cette personne. Comparez quelques images avec elle, au téléphone ou de vive voix, pour être sûr que personne ne s’interpose entre vous.</translation>
    </message>
    <message>
        <source>This is you, and this device is verified.</source>
        <translation>C’est vous, et cet appareil est vérifié.</translation>
    </message>
    <message>
        <source>You have verified this person: you write to them and to nobody else.</source>
        <translation>Vous avez vérifié cette personne&#xa0;: vous lui écrivez, à elle et à personne d’autre.</translation>
    </message>
    <message>
        <source>This person’s identity is another one than when you first met. That happens after a reset; verify them if you want to be sure.</source>
        <translation>L’identité de cette personne n’est plus celle de votre premier échange. Cela arrive après une réinitialisation&#xa0;; vérifiez-la si vous voulez en être sûr.</translation>
    </message>
    <message>
        <source>You had verified this person, and their identity is another one now. Nothing is sent to them until you verify them again or accept the change.</source>
        <translation>Vous aviez vérifié cette personne, et son identité n’est plus la même. Rien ne lui est envoyé avant que vous la vérifiiez à nouveau ou acceptiez le changement.</translation>
    </message>
    <message>
        <source>Your account’s identity is another one than before. Nothing is sent from here until you verify this device again.</source>
        <translation>L’identité de votre compte n’est plus la même. Rien n’est envoyé d’ici avant que vous vérifiiez à nouveau cet appareil.</translation>
    </message>
    <message>
        <source>You had verified this person, and the identity of your own account has changed since. Nothing is sent to them until you verify them again or go on without.</source>
        <translation>Vous aviez vérifié cette personne, et l’identité de votre propre compte a changé depuis. Rien ne lui est envoyé avant que vous la vérifiiez à nouveau ou continuiez sans vérification.</translation>
    </message>
</context>
<context>
    <name>parvis::ReaderSentences</name>
    <message>
        <source>You</source>
        <translation>Vous</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n other(s)</source>
        <extracomment>1: names of people, separated by commas</extracomment>
        <translation>
            <numerusform>%1 et %n autre</numerusform>
            <numerusform>%1 et %n autres</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <extracomment>1: names of people, separated by commas, 2: the last name</extracomment>
        <translation>%1 et %2</translation>
    </message>
    <message numerus="yes">
        <source>%n member(s) cannot read what you write here.</source>
        <translation>
            <numerusform>%n membre ne peut pas lire ce que vous écrivez ici.</numerusform>
            <numerusform>%n membres ne peuvent pas lire ce que vous écrivez ici.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 cannot read what you write here.</source>
        <extracomment>1: so many names of people</extracomment>
        <translation>
            <numerusform>%1 ne peut pas lire ce que vous écrivez ici.</numerusform>
            <numerusform>%1 ne peuvent pas lire ce que vous écrivez ici.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>What you write here cannot be read on %n device(s).</source>
        <translation>
            <numerusform>Ce que vous écrivez ici ne peut pas être lu sur %n appareil.</numerusform>
            <numerusform>Ce que vous écrivez ici ne peut pas être lu sur %n appareils.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>What you write here cannot be read on %n of your devices.</source>
        <translation>
            <numerusform>Ce que vous écrivez ici ne peut pas être lu sur %n de vos appareils.</numerusform>
            <numerusform>Ce que vous écrivez ici ne peut pas être lu sur %n de vos appareils.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>What you write here cannot be read on %n device(s): %1.</source>
        <extracomment>Of devices. 1: names of people, perhaps with &quot;You&quot; among them</extracomment>
        <translation>
            <numerusform>Ce que vous écrivez ici ne peut pas être lu sur %n appareil&#xa0;: %1.</numerusform>
            <numerusform>Ce que vous écrivez ici ne peut pas être lu sur %n appareils&#xa0;: %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>What you write here is also read on %n device(s) that nobody has verified.</source>
        <translation>
            <numerusform>Ce que vous écrivez ici est aussi lu sur %n appareil que personne n’a vérifié.</numerusform>
            <numerusform>Ce que vous écrivez ici est aussi lu sur %n appareils que personne n’a vérifiés.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>What you write here is also read on %n device(s) that nobody has verified: %1.</source>
        <extracomment>Of devices. 1: names of people, perhaps with &quot;You&quot; among them</extracomment>
        <translation>
            <numerusform>Ce que vous écrivez ici est aussi lu sur %n appareil que personne n’a vérifié&#xa0;: %1.</numerusform>
            <numerusform>Ce que vous écrivez ici est aussi lu sur %n appareils que personne n’a vérifiés&#xa0;: %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>All devices of the members read, even those that their owners have not verified.</source>
        <translation>Tous les appareils des membres peuvent lire, même ceux que leur propriétaire n’a pas vérifiés.</translation>
    </message>
    <message>
        <source>Only devices that their owners have verified read.</source>
        <translation>Seuls les appareils que leur propriétaire a vérifiés peuvent lire.</translation>
    </message>
    <message>
        <source>Only people whom you have verified read, on devices that they have verified themselves.</source>
        <translation>Seules les personnes que vous avez vérifiées peuvent lire, sur les appareils qu’elles ont elles-mêmes vérifiés.</translation>
    </message>
    <message>
        <source>Identity changed: nothing is sent until you answer</source>
        <translation>Identité changée&#xa0;: rien n’est envoyé avant votre réponse</translation>
    </message>
    <message>
        <source>Devices not known yet</source>
        <translation>Appareils pas encore connus</translation>
    </message>
    <message>
        <source>Reads on this device</source>
        <translation>Lit sur cet appareil</translation>
    </message>
    <message>
        <source>Has no device that could read</source>
        <translation>N’a aucun appareil qui puisse lire</translation>
    </message>
    <message>
        <source>Reads on this device alone</source>
        <translation>Lit sur cet appareil seulement</translation>
    </message>
    <message>
        <source>Cannot read</source>
        <translation>Ne peut pas lire</translation>
    </message>
    <message>
        <source>Reads on %1 of %2 devices</source>
        <extracomment>1: how many devices read, 2: how many there are</extracomment>
        <translation>Appareils qui lisent&#xa0;: %1 sur %2</translation>
    </message>
    <message>
        <source>Reads, identity verified</source>
        <translation>Lit, identité vérifiée</translation>
    </message>
    <message>
        <source>Reads, identity not verified</source>
        <translation>Lit, identité non vérifiée</translation>
    </message>
    <message>
        <source>Does not read: you have blocked it</source>
        <translation>Ne lit pas&#xa0;: vous l’avez bloqué</translation>
    </message>
    <message>
        <source>Does not read: you have not verified it</source>
        <translation>Ne lit pas&#xa0;: vous ne l’avez pas vérifié</translation>
    </message>
    <message>
        <source>Does not read: its owner has not verified it</source>
        <translation>Ne lit pas&#xa0;: son propriétaire ne l’a pas vérifié</translation>
    </message>
    <message>
        <source>Does not read: this device does not trust it yet</source>
        <translation>Ne lit pas&#xa0;: cet appareil ne s’y fie pas encore</translation>
    </message>
    <message>
        <source>Does not read: you have not verified this person</source>
        <translation>Ne lit pas&#xa0;: vous n’avez pas vérifié cette personne</translation>
    </message>
    <message>
        <source>Reads, verified</source>
        <translation>Lit, vérifié</translation>
    </message>
    <message>
        <source>Reads, verified by your account</source>
        <translation>Lit, vérifié par votre compte</translation>
    </message>
    <message>
        <source>Reads, verified by its owner</source>
        <translation>Lit, vérifié par son propriétaire</translation>
    </message>
    <message>
        <source>Reads, although nobody has verified it</source>
        <translation>Lit, bien que personne ne l’ait vérifié</translation>
    </message>
    <message>
        <source>Reads, although the identity behind it has changed</source>
        <translation>Lit, bien que l’identité qui s’en porte garante ait changé</translation>
    </message>
    <message>
        <source>Your identity changed: nothing is sent until you verify this device</source>
        <translation>Votre identité a changé&#xa0;: rien n’est envoyé avant que vous vérifiiez cet appareil</translation>
    </message>
    <message>
        <source>No longer verified: nothing is sent until you answer</source>
        <translation>N’est plus vérifiée&#xa0;: rien n’est envoyé avant votre réponse</translation>
    </message>
    <message>
        <source>Your other devices can read what you write here once this one is verified.</source>
        <translation>Vos autres appareils pourront lire ce que vous écrivez ici une fois celui-ci vérifié.</translation>
    </message>
</context>
<context>
    <name>parvis::RecoveryEntryModel</name>
    <message>
        <source>This device is verified and can read your key backup. Earlier messages become readable as you come to them.</source>
        <translation>Cet appareil est vérifié et peut lire votre sauvegarde de clés. Les messages antérieurs deviennent lisibles à mesure que vous les consultez.</translation>
    </message>
    <message>
        <source>This device is verified. There is no key backup that it could read.</source>
        <translation>Cet appareil est vérifié. Il n’y a pas de sauvegarde de clés qu’il puisse lire.</translation>
    </message>
    <message>
        <source>This device can read your key backup. It is not verified yet: verify it with another device.</source>
        <translation>Cet appareil peut lire votre sauvegarde de clés. Il n’est pas encore vérifié&#xa0;: vérifiez-le avec un autre appareil.</translation>
    </message>
    <message>
        <source>The key is right, but nothing on the server belongs to it. Verify this device with another one.</source>
        <translation>Le code est le bon, mais rien sur le serveur ne lui correspond. Vérifiez cet appareil avec un autre.</translation>
    </message>
    <message>
        <source>The key backup was switched off. Your recovery key switches it on again: a new backup is made, and its key is kept under your recovery key.</source>
        <translation>La sauvegarde des clés a été désactivée. Votre code de vérification la réactive&#xa0;: une nouvelle sauvegarde est créée, et sa clé est conservée sous votre code de vérification.</translation>
    </message>
    <message>
        <source>There is no key backup on the server any more. With your recovery key a new backup is made, and its key is kept under your recovery key. What this device can read is backed up again.</source>
        <translation>Il n’y a plus de sauvegarde des clés sur le serveur. Avec votre code de vérification, une nouvelle sauvegarde est créée, et sa clé est conservée sous votre code de vérification. Ce que cet appareil peut lire est de nouveau sauvegardé.</translation>
    </message>
    <message>
        <source>It was shown when the recovery was set up: twelve groups of four letters and digits. If you chose a passphrase in another application, type that.</source>
        <translation>Il a été affiché lors de la configuration de la récupération&#xa0;: douze groupes de quatre lettres et chiffres. Si vous avez choisi une phrase secrète dans une autre application, saisissez-la.</translation>
    </message>
    <message>
        <source>A new key backup was made, and its key is kept under your recovery key. Your message keys go there by themselves.</source>
        <translation>Une nouvelle sauvegarde des clés a été créée, et sa clé est conservée sous votre code de vérification. Vos clés de messages y sont envoyées d’elles-mêmes.</translation>
    </message>
    <message>
        <source>A new key backup was begun here, and was not finished. With your recovery key its key is kept under your recovery key, which then opens your messages again.</source>
        <translation>Une nouvelle sauvegarde des clés a été commencée ici sans être terminée. Saisissez votre code de vérification&#xa0;: la clé de la sauvegarde est alors conservée sous ce code, qui ouvre de nouveau vos messages.</translation>
    </message>
</context>
<context>
    <name>parvis::RecoverySetupModel</name>
    <message>
        <source>capital %1</source>
        <translation>%1 majuscule</translation>
    </message>
    <message>
        <source>Recovery key of Parvis. Keep it where only you can find it.</source>
        <translation>Code de vérification de Parvis. Conservez-le là où vous seul pouvez le retrouver.</translation>
    </message>
    <message>
        <source>Copied. Paste it into your password safe now.</source>
        <translation>Copié. Collez-le maintenant dans votre coffre-fort de mots de passe.</translation>
    </message>
    <message>
        <source>Saved. Whoever has this file can read your messages: put it where only you can find it.</source>
        <translation>Enregistré. Qui a ce fichier peut lire vos messages&#xa0;: rangez-le là où vous seul pouvez le retrouver.</translation>
    </message>
    <message>
        <source>This is not the end of the key that was shown. Look at it again, then try once more.</source>
        <translation>Ce n’est pas la fin du code affiché. Revoyez-le, puis réessayez.</translation>
    </message>
    <message>
        <source>Account: %1</source>
        <translation>Compte&#xa0;: %1</translation>
    </message>
    <message>
        <source>Saved on: %1</source>
        <translation>Enregistré le&#xa0;: %1</translation>
    </message>
    <message>
        <source>On a new device, sign in, then enter this key: your messages come back.</source>
        <translation>Sur un nouvel appareil, connectez-vous, puis saisissez ce code&#xa0;: vos messages reviennent.</translation>
    </message>
</context>
<context>
    <name>parvis::RoomActionsModel</name>
    <message>
        <source>%1: %2</source>
        <extracomment>1: the name of a conversation, 2: what went wrong</extracomment>
        <translation>%1&#xa0;: %2</translation>
    </message>
</context>
<context>
    <name>parvis::RoomListModel</name>
    <message>
        <source>Invitations</source>
        <translation>Invitations</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>Favoris</translation>
    </message>
    <message>
        <source>Low priority</source>
        <translation>Priorité basse</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Récentes</translation>
    </message>
    <message>
        <source>open to external guests</source>
        <translation>ouvert aux externes</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) for you</source>
        <translation>
            <numerusform>%n message pour vous</numerusform>
            <numerusform>%n messages pour vous</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n unread message(s)</source>
        <translation>
            <numerusform>%n message non lu</numerusform>
            <numerusform>%n messages non lus</numerusform>
        </translation>
    </message>
    <message>
        <source>marked as unread</source>
        <translation>marqué comme non lu</translation>
    </message>
    <message>
        <source>a message was not sent</source>
        <translation>un message n’a pas été envoyé</translation>
    </message>
    <message>
        <source>a text is begun</source>
        <translation>un brouillon est commencé</translation>
    </message>
</context>
<context>
    <name>parvis::RoomReadersModel</name>
    <message>
        <source>%1: %2</source>
        <extracomment>1: a name, 2: whether they can read</extracomment>
        <translation>%1&#xa0;: %2</translation>
    </message>
    <message>
        <source>%1, %2: %3</source>
        <extracomment>1: a name, 2: a device of theirs, 3: whether it can read</extracomment>
        <translation>%1, %2&#xa0;: %3</translation>
    </message>
    <message>
        <source>Encrypted from end to end, for ever.</source>
        <translation>Chiffrée de bout en bout, et pour toujours.</translation>
    </message>
    <message>
        <source>Encrypted from end to end, for ever. Since: %1.</source>
        <translation>Chiffrée de bout en bout, et pour toujours. Depuis&#xa0;: %1.</translation>
    </message>
</context>
<context>
    <name>parvis::SearchModel</name>
    <message>
        <source>Nothing found</source>
        <translation>Rien trouvé</translation>
    </message>
    <message numerus="yes">
        <source>More than %n message(s) found</source>
        <translation>
            <numerusform>Plus de %n message trouvé</numerusform>
            <numerusform>Plus de %n messages trouvés</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) found</source>
        <translation>
            <numerusform>%n message trouvé</numerusform>
            <numerusform>%n messages trouvés</numerusform>
        </translation>
    </message>
    <message>
        <source>This device searches %1 messages.</source>
        <translation>Cet appareil cherche dans %1 messages.</translation>
    </message>
    <message numerus="yes">
        <source>In %n conversation(s) some cannot be read, and are not found.</source>
        <translation>
            <numerusform>Dans %n conversation, certains sont illisibles et ne sont pas trouvés.</numerusform>
            <numerusform>Dans %n conversations, certains sont illisibles et ne sont pas trouvés.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing of this conversation is on this device yet.</source>
        <translation>Rien de cette conversation n’est encore sur cet appareil.</translation>
    </message>
    <message>
        <source>The whole conversation is searched.</source>
        <translation>La recherche couvre toute la conversation.</translation>
    </message>
    <message>
        <source>Searched back to %1.</source>
        <translation>Messages cherchés jusqu’à cette date&#xa0;: %1.</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) cannot be read, and are not found.</source>
        <translation>
            <numerusform>%n message est illisible et n’est pas trouvé.</numerusform>
            <numerusform>%n messages sont illisibles et ne sont pas trouvés.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Older messages are being fetched: %n conversation(s) left.</source>
        <translation>
            <numerusform>Récupération des messages plus anciens&#xa0;: encore %n conversation.</numerusform>
            <numerusform>Récupération des messages plus anciens&#xa0;: encore %n conversations.</numerusform>
        </translation>
    </message>
    <message>
        <source>Older messages are fetched again on mains power.</source>
        <translation>La récupération des messages plus anciens reprendra sur secteur.</translation>
    </message>
    <message>
        <source>The space for older messages is used up.</source>
        <translation>L’espace prévu pour les messages plus anciens est plein.</translation>
    </message>
</context>
<context>
    <name>parvis::Sentences</name>
    <message>
        <source>Enter your passphrase</source>
        <translation>Saisissez votre phrase secrète</translation>
    </message>
    <message>
        <source>No keychain answers</source>
        <translation>Aucun trousseau ne répond</translation>
    </message>
    <message>
        <source>The keychain is locked</source>
        <translation>Le trousseau est verrouillé</translation>
    </message>
    <message>
        <source>Your key is missing from the keychain</source>
        <translation>Votre clé n’est plus dans le trousseau</translation>
    </message>
    <message>
        <source>The key does not open your messages</source>
        <translation>La clé n’ouvre pas vos messages</translation>
    </message>
    <message>
        <source>Your messages on this computer are damaged</source>
        <translation>Vos messages sur cet ordinateur sont endommagés</translation>
    </message>
    <message>
        <source>A newer Parvis was here</source>
        <translation>Une version plus récente de Parvis est passée par ici</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>Se reconnecter</translation>
    </message>
    <message>
        <source>Your messages on this computer are protected by the passphrase that you chose.</source>
        <translation>Vos messages sur cet ordinateur sont protégés par la phrase secrète que vous avez choisie.</translation>
    </message>
    <message>
        <source>Your messages are encrypted on this computer; their key is in the system’s keychain, which does not answer. Nothing is lost. Start the keychain of your session, then try again.</source>
        <translation>Vos messages sont chiffrés sur cet ordinateur&#xa0;; leur clé est dans le trousseau du système, qui ne répond pas. Rien n’est perdu. Démarrez le trousseau de votre session, puis réessayez.</translation>
    </message>
    <message>
        <source>Your messages are encrypted on this computer; their key is in the system’s keychain. Nothing is lost. Unlock the keychain, then try again.</source>
        <translation>Vos messages sont chiffrés sur cet ordinateur&#xa0;; leur clé est dans le trousseau du système. Rien n’est perdu. Déverrouillez le trousseau, puis réessayez.</translation>
    </message>
    <message>
        <source>Your messages are still on this computer, but the key that opens them is no longer in the system’s keychain. If a backup of your session can bring the key back, restore it, then try again.</source>
        <translation>Vos messages sont toujours sur cet ordinateur, mais la clé qui les ouvre n’est plus dans le trousseau du système. Si une sauvegarde de votre session peut ramener la clé, restaurez-la, puis réessayez.</translation>
    </message>
    <message>
        <source>The keychain holds a key, but not the one of the messages on this computer. They are kept as they are. If a backup of your session can bring the right key back, restore it, then try again.</source>
        <translation>Le trousseau contient une clé, mais pas celle des messages de cet ordinateur. Ils sont conservés tels quels. Si une sauvegarde de votre session peut ramener la bonne clé, restaurez-la, puis réessayez.</translation>
    </message>
    <message>
        <source>The files of your account were written by a newer version of Parvis. They are kept as they are. Install that version to open them.</source>
        <translation>Les fichiers de votre compte ont été écrits par une version plus récente de Parvis. Ils sont conservés tels quels. Installez cette version pour les ouvrir.</translation>
    </message>
    <message>
        <source>The server has ended this session. Your messages and what you have not sent yet are kept; with your password this device goes on where it was.</source>
        <translation>Le serveur a mis fin à cette connexion. Vos messages et ce qui n’est pas encore envoyé sont conservés&#xa0;; avec votre mot de passe, cet appareil reprend là où il en était.</translation>
    </message>
    <message>
        <source>You have joined the conversation.</source>
        <translation>Vous avez rejoint la conversation.</translation>
    </message>
    <message>
        <source>%1 has joined the conversation.</source>
        <translation>%1 a rejoint la conversation.</translation>
    </message>
    <message>
        <source>You have left the conversation.</source>
        <translation>Vous avez quitté la conversation.</translation>
    </message>
    <message>
        <source>%1 has left the conversation.</source>
        <translation>%1 a quitté la conversation.</translation>
    </message>
    <message>
        <source>You have declined the invitation.</source>
        <translation>Vous avez refusé l’invitation.</translation>
    </message>
    <message>
        <source>%1 has declined the invitation.</source>
        <translation>%1 a refusé l’invitation.</translation>
    </message>
    <message>
        <source>%1 no longer shows a name.</source>
        <translation>%1 n’affiche plus de nom.</translation>
    </message>
    <message>
        <source>%1 has chosen a name.</source>
        <translation>%1 a choisi un nom.</translation>
    </message>
    <message>
        <source>%1 is now called %2.</source>
        <translation>%1 s’appelle désormais %2.</translation>
    </message>
    <message>
        <source>You have changed your picture.</source>
        <translation>Vous avez changé votre photo.</translation>
    </message>
    <message>
        <source>%1 has changed their picture.</source>
        <translation>%1 a changé sa photo.</translation>
    </message>
    <message>
        <source>%1 has invited you.</source>
        <translation>%1 vous a invité.</translation>
    </message>
    <message>
        <source>You have invited %1.</source>
        <translation>Vous avez invité %1.</translation>
    </message>
    <message>
        <source>%1 has invited %2.</source>
        <translation>%1 a invité %2.</translation>
    </message>
    <message>
        <source>You have withdrawn the invitation of %1.</source>
        <translation>Vous avez retiré l’invitation de %1.</translation>
    </message>
    <message>
        <source>%1 has withdrawn the invitation of %2.</source>
        <translation>%1 a retiré l’invitation de %2.</translation>
    </message>
    <message>
        <source>%1 has removed you from the conversation.</source>
        <translation>%1 vous a retiré de la conversation.</translation>
    </message>
    <message>
        <source>You have removed %1.</source>
        <translation>Vous avez retiré %1.</translation>
    </message>
    <message>
        <source>%1 has removed %2.</source>
        <translation>%1 a retiré %2.</translation>
    </message>
    <message>
        <source>%1 has banned you from the conversation.</source>
        <translation>%1 vous a interdit l’accès à la conversation.</translation>
    </message>
    <message>
        <source>You have banned %1.</source>
        <translation>Vous avez interdit l’accès à %1.</translation>
    </message>
    <message>
        <source>%1 has banned %2.</source>
        <translation>%1 a interdit l’accès à %2.</translation>
    </message>
    <message>
        <source>You have lifted the ban of %1.</source>
        <translation>Vous avez levé l’interdiction de %1.</translation>
    </message>
    <message>
        <source>%1 has lifted the ban of %2.</source>
        <translation>%1 a levé l’interdiction de %2.</translation>
    </message>
    <message>
        <source>You have created the conversation.</source>
        <translation>Vous avez créé la conversation.</translation>
    </message>
    <message>
        <source>%1 has created the conversation.</source>
        <translation>%1 a créé la conversation.</translation>
    </message>
    <message>
        <source>Messages are end-to-end encrypted from here on.</source>
        <translation>À partir d’ici, les messages sont chiffrés de bout en bout.</translation>
    </message>
    <message>
        <source>You have removed the name.</source>
        <translation>Vous avez retiré le nom.</translation>
    </message>
    <message>
        <source>%1 has removed the name.</source>
        <translation>%1 a retiré le nom.</translation>
    </message>
    <message>
        <source>You have named the conversation “%1”.</source>
        <translation>Vous avez nommé la conversation «&#xa0;%1&#xa0;».</translation>
    </message>
    <message>
        <source>%1 has named the conversation “%2”.</source>
        <translation>%1 a nommé la conversation «&#xa0;%2&#xa0;».</translation>
    </message>
    <message>
        <source>You have removed the topic.</source>
        <translation>Vous avez retiré le sujet.</translation>
    </message>
    <message>
        <source>%1 has removed the topic.</source>
        <translation>%1 a retiré le sujet.</translation>
    </message>
    <message>
        <source>You have changed the topic: “%1”.</source>
        <translation>Vous avez changé le sujet&#xa0;: «&#xa0;%1&#xa0;».</translation>
    </message>
    <message>
        <source>%1 has changed the topic: “%2”.</source>
        <translation>%1 a changé le sujet&#xa0;: «&#xa0;%2&#xa0;».</translation>
    </message>
    <message>
        <source>You have changed the conversation’s picture.</source>
        <translation>Vous avez changé l’image de la conversation.</translation>
    </message>
    <message>
        <source>%1 has changed the conversation’s picture.</source>
        <translation>%1 a changé l’image de la conversation.</translation>
    </message>
    <message>
        <source>You have changed who can join.</source>
        <translation>Vous avez changé qui peut rejoindre la conversation.</translation>
    </message>
    <message>
        <source>%1 has changed who can join.</source>
        <translation>%1 a changé qui peut rejoindre la conversation.</translation>
    </message>
    <message>
        <source>You have changed who can read earlier messages.</source>
        <translation>Vous avez changé qui peut lire les messages antérieurs.</translation>
    </message>
    <message>
        <source>%1 has changed who can read earlier messages.</source>
        <translation>%1 a changé qui peut lire les messages antérieurs.</translation>
    </message>
    <message>
        <source>You have changed who may do what.</source>
        <translation>Vous avez changé les droits des membres.</translation>
    </message>
    <message>
        <source>%1 has changed who may do what.</source>
        <translation>%1 a changé les droits des membres.</translation>
    </message>
    <message>
        <source>You have moved the conversation to a new room.</source>
        <translation>Vous avez transféré la conversation dans un nouveau salon.</translation>
    </message>
    <message>
        <source>%1 has moved the conversation to a new room.</source>
        <translation>%1 a transféré la conversation dans un nouveau salon.</translation>
    </message>
    <message>
        <source>The key of this message has not arrived on this device yet.</source>
        <translation>La clé de ce message n’est pas encore arrivée sur cet appareil.</translation>
    </message>
    <message>
        <source>This message was sent before this device existed.</source>
        <translation>Ce message a été envoyé avant que cet appareil n’existe.</translation>
    </message>
    <message>
        <source>This message was sent before you joined.</source>
        <translation>Ce message a été envoyé avant votre arrivée.</translation>
    </message>
    <message>
        <source>The sender did not share this message with this device.</source>
        <translation>L’expéditeur n’a pas partagé ce message avec cet appareil.</translation>
    </message>
    <message>
        <source>The sender shares messages with verified devices only.</source>
        <translation>L’expéditeur ne partage ses messages qu’avec des appareils vérifiés.</translation>
    </message>
    <message>
        <source>This message copies another one and is not shown.</source>
        <translation>Ce message en copie un autre et n’est pas affiché.</translation>
    </message>
    <message>
        <source>This message does not come from the person it names and is not shown.</source>
        <translation>Ce message ne vient pas de la personne qu’il annonce et n’est pas affiché.</translation>
    </message>
    <message>
        <source>This message is damaged and cannot be read.</source>
        <translation>Ce message est endommagé et ne peut pas être lu.</translation>
    </message>
    <message>
        <source>This message is encrypted in a way that this version does not know.</source>
        <translation>Ce message est chiffré d’une façon que cette version ne connaît pas.</translation>
    </message>
    <message>
        <source>Sent from a device that its owner has not verified.</source>
        <translation>Envoyé depuis un appareil que son propriétaire n’a pas vérifié.</translation>
    </message>
    <message>
        <source>Sent from a device that is unknown or was removed.</source>
        <translation>Envoyé depuis un appareil inconnu ou supprimé.</translation>
    </message>
    <message>
        <source>You have not verified this person.</source>
        <translation>Vous n’avez pas vérifié cette personne.</translation>
    </message>
    <message>
        <source>The key of this message came from a backup: its sender is not proven.</source>
        <translation>La clé de ce message vient d’une sauvegarde&#xa0;: son expéditeur n’est pas prouvé.</translation>
    </message>
    <message>
        <source>This message was not encrypted.</source>
        <translation>Ce message n’était pas chiffré.</translation>
    </message>
    <message>
        <source>You are not in this conversation. You cannot write here.</source>
        <translation>Vous ne faites pas partie de cette conversation. Vous ne pouvez pas y écrire.</translation>
    </message>
    <message>
        <source>Only some members may write here. You can read.</source>
        <translation>Seuls certains membres peuvent écrire ici. Vous pouvez lire.</translation>
    </message>
    <message>
        <source>This conversation goes on in a new room.</source>
        <translation>Cette conversation se poursuit dans un nouveau salon.</translation>
    </message>
    <message>
        <source>This conversation is encrypted in a way that this version does not know. You cannot write here.</source>
        <translation>Cette conversation est chiffrée d’une façon que cette version ne connaît pas. Vous ne pouvez pas y écrire.</translation>
    </message>
    <message>
        <source>Invitation</source>
        <translation>Invitation</translation>
    </message>
    <message>
        <source>Invitation from %1</source>
        <translation>Invitation de %1</translation>
    </message>
    <message>
        <source>Message that cannot be read yet</source>
        <translation>Message qui ne peut pas encore être lu</translation>
    </message>
    <message>
        <source>Message removed</source>
        <translation>Message supprimé</translation>
    </message>
    <message>
        <source>Message of an unknown kind</source>
        <translation>Message d’un type inconnu</translation>
    </message>
    <message>
        <source>You: %1</source>
        <translation>Vous&#xa0;: %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <extracomment>1: first name or name, 2: message</extracomment>
        <translation>%1&#xa0;: %2</translation>
    </message>
    <message numerus="yes">
        <source>The keys of %n message(s) have not arrived on this device yet.</source>
        <translation>
            <numerusform>La clé de %n message n’est pas encore arrivée sur cet appareil.</numerusform>
            <numerusform>Les clés de %n messages ne sont pas encore arrivées sur cet appareil.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) were sent before this device existed.</source>
        <translation>
            <numerusform>%n message a été envoyé avant que cet appareil n’existe.</numerusform>
            <numerusform>%n messages ont été envoyés avant que cet appareil n’existe.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) were sent before you joined.</source>
        <translation>
            <numerusform>%n message a été envoyé avant votre arrivée.</numerusform>
            <numerusform>%n messages ont été envoyés avant votre arrivée.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) were not shared with this device.</source>
        <translation>
            <numerusform>%n message n’a pas été partagé avec cet appareil.</numerusform>
            <numerusform>%n messages n’ont pas été partagés avec cet appareil.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) were shared with verified devices only.</source>
        <translation>
            <numerusform>%n message n’a été partagé qu’avec des appareils vérifiés.</numerusform>
            <numerusform>%n messages n’ont été partagés qu’avec des appareils vérifiés.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) copy others and are not shown.</source>
        <translation>
            <numerusform>%n message en copie un autre et n’est pas affiché.</numerusform>
            <numerusform>%n messages en copient d’autres et ne sont pas affichés.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) do not come from the people they name and are not shown.</source>
        <translation>
            <numerusform>%n message ne vient pas de la personne qu’il indique et n’est pas affiché.</numerusform>
            <numerusform>%n messages ne viennent pas des personnes qu’ils indiquent et ne sont pas affichés.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) are damaged and cannot be read.</source>
        <translation>
            <numerusform>%n message est endommagé et illisible.</numerusform>
            <numerusform>%n messages sont endommagés et illisibles.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) are encrypted in a way that this version does not know.</source>
        <translation>
            <numerusform>%n message est chiffré d’une manière que cette version ne connaît pas.</numerusform>
            <numerusform>%n messages sont chiffrés d’une manière que cette version ne connaît pas.</numerusform>
        </translation>
    </message>
    <message>
        <source>A file of your account cannot be read. It is kept as it is, so that support can try to repair it.</source>
        <translation>Un fichier de votre compte ne peut pas être lu. Il est conservé tel quel, pour que le support puisse essayer de le réparer.</translation>
    </message>
    <message>
        <source>The key of this message is being fetched from your key backup.</source>
        <translation>La clé de ce message est en cours de récupération dans votre sauvegarde.</translation>
    </message>
    <message>
        <source>This message was sent before this device existed. Its key may be in your key backup, which this device cannot open yet.</source>
        <translation>Ce message a été envoyé avant l’existence de cet appareil. Sa clé est peut-être dans votre sauvegarde, que cet appareil ne peut pas encore ouvrir.</translation>
    </message>
    <message>
        <source>This message was sent before this device existed, and your key backup does not have its key.</source>
        <translation>Ce message a été envoyé avant l’existence de cet appareil, et sa clé n’est pas dans votre sauvegarde.</translation>
    </message>
    <message>
        <source>The key that this device got opens later messages only.</source>
        <translation>La clé reçue par cet appareil n’ouvre que des messages plus récents.</translation>
    </message>
    <message numerus="yes">
        <source>The keys of %n message(s) are being fetched from your key backup.</source>
        <translation>
            <numerusform>La clé de %n message est en cours de récupération dans votre sauvegarde.</numerusform>
            <numerusform>Les clés de %n messages sont en cours de récupération dans votre sauvegarde.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) were sent before this device existed. Their keys may be in your key backup, which this device cannot open yet.</source>
        <translation>
            <numerusform>%n message a été envoyé avant l’existence de cet appareil. Sa clé est peut-être dans votre sauvegarde, que cet appareil ne peut pas encore ouvrir.</numerusform>
            <numerusform>%n messages ont été envoyés avant l’existence de cet appareil. Leurs clés sont peut-être dans votre sauvegarde, que cet appareil ne peut pas encore ouvrir.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) were sent before this device existed, and your key backup does not have their keys.</source>
        <translation>
            <numerusform>%n message a été envoyé avant l’existence de cet appareil, et sa clé n’est pas dans votre sauvegarde.</numerusform>
            <numerusform>%n messages ont été envoyés avant l’existence de cet appareil, et leurs clés ne sont pas dans votre sauvegarde.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) are older than the keys that this device got.</source>
        <translation>
            <numerusform>%n message est plus ancien que les clés reçues par cet appareil.</numerusform>
            <numerusform>%n messages sont plus anciens que les clés reçues par cet appareil.</numerusform>
        </translation>
    </message>
    <message>
        <source>Verify this device</source>
        <translation>Vérifier cet appareil</translation>
    </message>
    <message>
        <source>Enter the recovery key</source>
        <translation>Saisir le code de vérification</translation>
    </message>
    <message>
        <source>Ask for the key again</source>
        <translation>Redemander la clé</translation>
    </message>
    <message>
        <source>%1 gave you the key of this message with the invitation: its sender is not proven.</source>
        <extracomment>%1: a person&apos;s Matrix id</extracomment>
        <translation>%1 vous a donné la clé de ce message avec l’invitation&#xa0;: son expéditeur n’est pas prouvé.</translation>
    </message>
    <message>
        <source>You had verified who sent this, and that no longer holds: their identity, or that of your account, has changed.</source>
        <translation>Vous aviez vérifié qui a envoyé ce message, et cela ne vaut plus&#xa0;: son identité, ou celle de votre compte, a changé.</translation>
    </message>
</context>
<context>
    <name>parvis::SessionModel</name>
    <message numerus="yes">
        <source>%n message(s) not sent yet</source>
        <translation>
            <numerusform>%n message pas encore envoyé</numerusform>
            <numerusform>%n messages pas encore envoyés</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n draft(s)</source>
        <translation>
            <numerusform>%n brouillon</numerusform>
            <numerusform>%n brouillons</numerusform>
        </translation>
    </message>
    <message>
        <source>The keys of your encrypted messages: no backup holds them. Without another device you will no longer be able to read these messages.</source>
        <translation>Les clés de vos messages chiffrés&#xa0;: aucune sauvegarde ne les contient. Sans autre appareil, vous ne pourrez plus lire ces messages.</translation>
    </message>
    <message>
        <source>Perhaps more: Parvis could not find out what is not backed up.</source>
        <translation>Peut-être davantage&#xa0;: Parvis n’a pas pu déterminer ce qui n’est pas sauvegardé.</translation>
    </message>
    <message>
        <source>The server does not answer: until it does, it will still list this device.</source>
        <translation>Le serveur ne répond pas&#xa0;: en attendant, cet appareil restera dans sa liste.</translation>
    </message>
    <message>
        <source>Your account could not be opened</source>
        <translation>Votre compte n’a pas pu être ouvert</translation>
    </message>
    <message>
        <source>This is your only device: to read your encrypted messages again, you will need your recovery key.</source>
        <translation>C’est votre seul appareil&#xa0;: pour relire vos messages chiffrés, il vous faudra votre code de vérification.</translation>
    </message>
    <message>
        <source>This is your only device, and you have confirmed no recovery key: nobody will ever be able to read your encrypted messages again.</source>
        <translation>C’est votre seul appareil, et vous n’avez confirmé aucun code de vérification&#xa0;: plus personne ne pourra jamais lire vos messages chiffrés.</translation>
    </message>
</context>
<context>
    <name>parvis::TimelineModel</name>
    <message numerus="yes">
        <source>%n member(s)</source>
        <translation>
            <numerusform>%n membre</numerusform>
            <numerusform>%n membres</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <extracomment>1: number of members, or what is known of a person&apos;s identity, 2: topic of the room</extracomment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>%1 is writing…</source>
        <translation>%1 écrit…</translation>
    </message>
    <message>
        <source>%1 and %2 are writing…</source>
        <translation>%1 et %2 écrivent…</translation>
    </message>
    <message>
        <source>Several people are writing…</source>
        <translation>Plusieurs personnes écrivent…</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) can be read now.</source>
        <translation>
            <numerusform>%n message est maintenant lisible.</numerusform>
            <numerusform>%n messages sont maintenant lisibles.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Asked again for the keys of %n message(s): what comes can be read here at once.</source>
        <translation>
            <numerusform>La clé de %n message est redemandée&#xa0;: il sera lisible ici dès qu’elle arrive.</numerusform>
            <numerusform>Les clés de %n messages sont redemandées&#xa0;: ils seront lisibles ici dès qu’elles arrivent.</numerusform>
        </translation>
    </message>
    <message>
        <source>Identity verified</source>
        <translation>Identité vérifiée</translation>
    </message>
    <message>
        <source>Identity not verified</source>
        <translation>Identité non vérifiée</translation>
    </message>
    <message>
        <source>Identity changed</source>
        <translation>Identité changée</translation>
    </message>
    <message>
        <source>Identity no longer verified</source>
        <translation>Identité qui n’est plus vérifiée</translation>
    </message>
</context>
<context>
    <name>parvis::TimelineRows</name>
    <message>
        <source>Message removed</source>
        <translation>Message supprimé</translation>
    </message>
    <message>
        <source>This version of Parvis cannot show this message.</source>
        <translation>Cette version de Parvis ne peut pas afficher ce message.</translation>
    </message>
    <message>
        <source>This message was not sent.</source>
        <translation>Ce message n’a pas été envoyé.</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <extracomment>1: what happened, 2: a time</extracomment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Vous</translation>
    </message>
    <message>
        <source>%1, %2: %3</source>
        <extracomment>A message as a screen reader says it. 1: name, 2: time, 3: text</extracomment>
        <translation>%1, %2&#xa0;: %3</translation>
    </message>
    <message>
        <source>edited</source>
        <translation>modifié</translation>
    </message>
    <message>
        <source>being sent</source>
        <translation>en cours d’envoi</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n other(s)</source>
        <extracomment>1: names of people</extracomment>
        <translation>
            <numerusform>%1 et %n autre</numerusform>
            <numerusform>%1 et %n autres</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <extracomment>1: what is said of several messages, 2: whose they are</extracomment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1 · newest: %2</source>
        <extracomment>Of messages. 1: names of people, 2: the newest message&apos;s day</extracomment>
        <translation>%1 · le plus récent&#xa0;: %2</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s): %1</source>
        <extracomment>Of a conversation: its name, its members. 1: names of those who made them</extracomment>
        <translation>
            <numerusform>%n changement&#xa0;: %1</numerusform>
            <numerusform>%n changements&#xa0;: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Saved in %1</source>
        <extracomment>Of a file. %1: the name of a folder</extracomment>
        <translation>Enregistré dans %1</translation>
    </message>
    <message>
        <source>size unknown</source>
        <translation>taille inconnue</translation>
    </message>
    <message>
        <source>%1 · being sent, %2 %</source>
        <extracomment>Of a file. 1: its size, 2: how much of it is at the server</extracomment>
        <translation>%1 · envoi, %2&#xa0;%</translation>
    </message>
    <message>
        <source>%1 · waiting to be sent</source>
        <translation>%1 · en attente d’envoi</translation>
    </message>
    <message>
        <source>%1 · being fetched, %2 %</source>
        <extracomment>Of a file. 1: its size, 2: how much of it was fetched</extracomment>
        <translation>%1 · réception, %2&#xa0;%</translation>
    </message>
    <message>
        <source>file %1, %2</source>
        <extracomment>A file as a screen reader says it. 1: its name, 2: its size</extracomment>
        <translation>fichier %1, %2</translation>
    </message>
    <message>
        <source>being fetched</source>
        <translation>en cours de réception</translation>
    </message>
    <message>
        <source>%1, %2, %3</source>
        <extracomment>Tells files of one name apart. 1: the name, 2: who sent it, 3: a day and a time</extracomment>
        <translation>%1, %2, %3</translation>
    </message>
    <message>
        <source>%1, no. %2</source>
        <extracomment>The same of files that somebody sent in one minute. 1: that, 2: a number</extracomment>
        <translation>%1, n°&#xa0;%2</translation>
    </message>
</context>
<context>
    <name>parvis::VerificationModel</name>
    <message>
        <source>your other device</source>
        <translation>votre autre appareil</translation>
    </message>
    <message>
        <source>Verify with another device</source>
        <translation>Vérifier avec un autre appareil</translation>
    </message>
    <message>
        <source>Verify %1</source>
        <translation>Vérifier %1</translation>
    </message>
    <message>
        <source>A device of yours asks to be verified</source>
        <translation>Un de vos appareils demande à être vérifié</translation>
    </message>
    <message>
        <source>%1 asks to verify</source>
        <translation>%1 demande une vérification</translation>
    </message>
    <message>
        <source>How would you like to compare?</source>
        <translation>Comment souhaitez-vous comparer&#xa0;?</translation>
    </message>
    <message>
        <source>Have this code read</source>
        <translation>Faites lire ce code</translation>
    </message>
    <message>
        <source>Read the other code</source>
        <translation>Lisez l’autre code</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>Un instant…</translation>
    </message>
    <message>
        <source>Compare these three numbers</source>
        <translation>Comparez ces trois nombres</translation>
    </message>
    <message>
        <source>Compare these seven pictures</source>
        <translation>Comparez ces sept images</translation>
    </message>
    <message>
        <source>Does the other device say that it worked?</source>
        <translation>L’autre appareil affiche-t-il que c’est réussi&#xa0;?</translation>
    </message>
    <message>
        <source>The device is verified</source>
        <translation>L’appareil est vérifié</translation>
    </message>
    <message>
        <source>%1 is verified</source>
        <translation>%1&#xa0;: identité vérifiée</translation>
    </message>
    <message>
        <source>Not verified</source>
        <translation>Vérification non aboutie</translation>
    </message>
    <message>
        <source>It goes on elsewhere</source>
        <translation>Cela se poursuit ailleurs</translation>
    </message>
    <message>
        <source>The request is on its way…</source>
        <translation>La demande part…</translation>
    </message>
    <message>
        <source>Look at your other device (%1) and accept the request there.</source>
        <translation>Prenez votre autre appareil (%1) et acceptez-y la demande.</translation>
    </message>
    <message>
        <source>%1 has to accept the request. You can close this meanwhile.</source>
        <translation>%1 doit accepter la demande. Vous pouvez fermer en attendant.</translation>
    </message>
    <message>
        <source>%1 wants to be verified with this device. Accept only if you are asking for it there right now.</source>
        <translation>%1 demande à être vérifié avec cet appareil. N’acceptez que si vous le demandez vous-même là-bas en ce moment.</translation>
    </message>
    <message>
        <source>Together you compare a few pictures, so that both are sure that nobody stands between you. Do it on the phone or in person.</source>
        <translation>Vous comparez ensemble quelques images, pour être sûrs que personne ne s’interpose entre vous. Faites-le au téléphone ou de vive voix.</translation>
    </message>
    <message>
        <source>The other device chooses how to compare.</source>
        <translation>L’autre appareil choisit comment comparer.</translation>
    </message>
    <message>
        <source>Have both devices before you.</source>
        <translation>Ayez les deux appareils devant vous.</translation>
    </message>
    <message>
        <source>Be on the phone with %1, or side by side.</source>
        <translation>Soyez au téléphone avec %1, ou côte à côte.</translation>
    </message>
    <message>
        <source>Hold the camera of the other device before this code.</source>
        <translation>Présentez la caméra de l’autre appareil devant ce code.</translation>
    </message>
    <message>
        <source>Take a picture of the code that the other device shows, or a screenshot, and bring it here.</source>
        <translation>Prenez une photo ou une capture du code que l’autre appareil affiche, et apportez-la ici.</translation>
    </message>
    <message>
        <source>Both devices are getting ready.</source>
        <translation>Les deux appareils se préparent.</translation>
    </message>
    <message>
        <source>Waiting for the other device…</source>
        <translation>En attente de l’autre appareil…</translation>
    </message>
    <message>
        <source>Waiting for %1…</source>
        <translation>En attente de %1…</translation>
    </message>
    <message>
        <source>They must be the same, in the same order, on the screen of %1.</source>
        <translation>Elles doivent être identiques, dans le même ordre, sur l’écran de l’appareil «&#xa0;%1&#xa0;».</translation>
    </message>
    <message>
        <source>They must be the same, in the same order, on %1’s screen.</source>
        <translation>Elles doivent être identiques, dans le même ordre, sur l’écran de %1.</translation>
    </message>
    <message>
        <source>Your code was read. Confirm only if the other device shows that the verification worked.</source>
        <translation>Votre code a été lu. Ne confirmez que si l’autre appareil affiche que la vérification est réussie.</translation>
    </message>
    <message>
        <source>%1 asks to be verified with this device.</source>
        <translation>%1 demande à être vérifié avec cet appareil.</translation>
    </message>
    <message>
        <source>%1 asks to verify with you.</source>
        <translation>%1 demande une vérification avec vous.</translation>
    </message>
    <message>
        <source>A verification with %1 is under way.</source>
        <translation>Une vérification avec %1 est en cours.</translation>
    </message>
    <message>
        <source>The verification of %1 is under way.</source>
        <translation>La vérification de %1 est en cours.</translation>
    </message>
    <message>
        <source>The numbers must be the same, in the same order, on the screen of %1.</source>
        <translation>Ils doivent être identiques, dans le même ordre, sur l’écran de l’appareil «&#xa0;%1&#xa0;».</translation>
    </message>
    <message>
        <source>The numbers must be the same, in the same order, on %1’s screen.</source>
        <translation>Ils doivent être identiques, dans le même ordre, sur l’écran de %1.</translation>
    </message>
</context>
<context>
    <name>parvis::VerificationSentences</name>
    <message>
        <source>Verified: the keys on both sides are the same.</source>
        <translation>Vérifié&#xa0;: les clés sont les mêmes des deux côtés.</translation>
    </message>
    <message>
        <source>Another of your devices takes care of this verification.</source>
        <translation>Un autre de vos appareils s’occupe de cette vérification.</translation>
    </message>
    <message>
        <source>You ended the verification. Nothing was verified.</source>
        <translation>Vous avez mis fin à la vérification. Rien n’a été vérifié.</translation>
    </message>
    <message>
        <source>The other side ended the verification. Nothing was verified.</source>
        <translation>L’autre côté a mis fin à la vérification. Rien n’a été vérifié.</translation>
    </message>
    <message>
        <source>The verification took too long, so it ended. Start a new one.</source>
        <translation>La vérification a pris trop de temps et s’est arrêtée. Commencez-en une nouvelle.</translation>
    </message>
    <message>
        <source>Another device answered. Go on there.</source>
        <translation>Un autre appareil a répondu. Continuez là-bas.</translation>
    </message>
    <message>
        <source>The keys are not those that were expected, so nothing was verified. Start again; if it comes back, tell your administration.</source>
        <translation>Les clés ne sont pas celles qui étaient attendues, rien n’a donc été vérifié. Recommencez&#xa0;; si cela se reproduit, signalez-le à votre administration.</translation>
    </message>
    <message>
        <source>Somebody else answered than the one who was asked, so nothing was verified. Start again.</source>
        <translation>Quelqu’un d’autre a répondu à la place de la personne attendue, rien n’a donc été vérifié. Recommencez.</translation>
    </message>
    <message>
        <source>The two devices know no common way of comparing. Use a newer version of the other application.</source>
        <translation>Les deux appareils ne connaissent aucune façon commune de comparer. Utilisez une version plus récente de l’autre application.</translation>
    </message>
    <message>
        <source>The other device no longer knows of this verification. Start a new one.</source>
        <translation>L’autre appareil ne connaît plus cette vérification. Commencez-en une nouvelle.</translation>
    </message>
    <message>
        <source>The two devices did not understand each other, so nothing was verified. Start again.</source>
        <translation>Les deux appareils ne se sont pas compris, rien n’a donc été vérifié. Recommencez.</translation>
    </message>
    <message>
        <source>The verification ended without result. Start again.</source>
        <translation>La vérification s’est terminée sans résultat. Recommencez.</translation>
    </message>
    <message>
        <source>The pictures or numbers were not the same on both sides, so nothing was verified. Somebody may be reading along: try again from another network, and tell your administration if it happens again.</source>
        <translation>Les images ou les nombres n’étaient pas les mêmes des deux côtés, rien n’a donc été vérifié. Quelqu’un lit peut-être vos échanges&#xa0;: réessayez depuis un autre réseau, et signalez-le à votre administration si cela se reproduit.</translation>
    </message>
</context>
</TS>
