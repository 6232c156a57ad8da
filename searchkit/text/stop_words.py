"""German words that carry no topic of their own: articles, pronouns, prepositions, auxiliaries.

They are indexed like any other word, for phrases need them; the query layer weighs them.
"""

from __future__ import annotations

STOP_WORDS = frozenset(
    """
        ab aber alle allem allen aller alles als also am an ander andere anderem anderen anderer
        anderes anders auch auf aus bei beim bereits bin bis bist bzw da dabei dadurch dafür
        dagegen daher dahin damit danach daneben dann daran darauf daraus darf darin darum
        darunter darüber das dass davon davor dazu dein deine deinem deinen deiner deines dem
        den denen denn dennoch der deren derer des deshalb dessen dich die dies diese diesem
        diesen dieser dieses dir doch dort du durch dürfen eben ein eine einem einen einer eines
        einige einigem einigen einiger einiges einmal er es etwa etwas euch euer eure eurem
        euren eurer für gegen gibt hab habe haben hat hatte hatten hattest hier hin hinter ich
        ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im in indem ins ist ja je jede jedem
        jeden jeder jedes jedoch jene jenem jenen jener jenes jetzt kann kein keine keinem
        keinen keiner keines konnte konnten können könnte könnten man manche manchem manchen
        mancher manches mehr mein meine meinem meinen meiner meines mich mir mit muss musste
        mussten müssen nach nachdem nicht nichts noch nun nur ob obwohl oder ohne sehr sein
        seine seinem seinen seiner seines seit selbst sich sie sind so sogar solche solchem
        solchen solcher solches soll sollen sollte sollten sondern sonst soweit sowie über um
        und uns unser unsere unserem unseren unserer unter viel viele vom von vor war waren
        warst was weder weil weiter welche welchem welchen welcher welches wenn wer werde werden
        wessen wie wieder will wir wird wirst wo wollen wollte wollten worden wurde wurden
        während würde würden zu zum zur zwar zwischen wann warum weshalb wieso wozu woher wohin
        womit wodurch worüber wem wen
        """.split()
)
