"""Words the sources say nothing about: which may stand in a compound, and which may not.

All words are folded (see ``searchkit.training.sources.fold``).
"""

from __future__ import annotations

EXTRA_MODIFIERS = frozenset(
    """
    abend acht agrar aktiv allein alt amateur anti antwort arbeit atom audio ausland aussen auto
    back bade bahn basis bau bedenk best bestell bezug bieg bind binde bio bitter blau blind block
    bohr brat braun brech breit brenn brutto bundes bunt chef crack crash cyber dauer denk dick
    digital disco doppel dreh drei dreier dreifach dresch dress dritt druck duenn dunkel echt edel
    eigen einfach einkauf einzel elektro elf eng ess euro exklusiv extrem fach fahr fall falsch
    fang faul fein fern fertig feucht filter find flach flieg formal foto fraes frag frei fremd
    frisch frisier frueh fuenf fussball ganz gefrier geh geheim gelb gemein geo gesamt gesund
    gewerbe gies giess gleich global gratis grau grob gross gruen grund gut haeng halb halt hart
    haupt heb heil heiss heiz hell hobby hoch hoechst hoer hohl hundert hydro ideal impf inland
    innen intensiv international irr jazz jung kaempf kalt kampf kapital kassier kauf kenn kino
    kleb klein koch kombi kommunal kopier krank kreativ kuehl kultur kurz lad lade landes lang
    langsam latein lauf laut leb lebend leer leg lehr leicht leih lern les lese letzt liberal
    liebe lieblings lieg linear links live loesch lokal luxus maeh makro mast material maximal
    mehr melk merk mess meta miet mikro militaer mindest mini minimal misch mittags mittel mono
    morgen multi nacht naeh nah nass national negativ nenn netto neu neun neuro nicht nieder nord
    normal nuklear ober oeffentlich oeko offen offline online optimal original ost pacht park
    parlamentaer passiv personal pfleg pflege polar positiv premium press primaer privat profi
    pruef pseudo psycho putz quer radikal radio rangier rasier rast real rechn rechts regel
    regional reif rein reiss reit renn reservier roh rot ruder ruf rund saeg saemann sammel sauber
    sauer saug schalt schank schau schein schieb schief schiess schlaf schlag schlecht schleif
    schmal schmelz schmutz schneid schnell schoen schraeg schreib schreibtisch schuss schutz
    schwach schwarz schweiss schwer schwimm schwing sechs segel seh sekundaer selbst semi send
    sende servier setz sieben signal sing sitz solar sonder sortier sozial spaet spar speicher
    sperr spezial spiel spinn spitz sprech spreng spring spritz sprueh spuel standard stark start
    stau stech steh steig stell sterb steuer stief still stopp strick studier stuetz stumm such
    sued suess super tank tanz taub tauch tausend techno teil tele test thermo tief tot total trag
    transport trauer treff treib trenn trink trocken turn ultra universal verkauf verkehrs video
    vier vierer viert voll vorder wander warm wart warte wasch web wechsel weck wehr weich weiss
    weit wend werf west wett wieg wild wirk wisch wohn zaehl zahl zahm zehn zeichen zeichn zeig
    zentral zieh zivil zuend zwei zweier zweit
    """.split()
)
"""Adjectives, verb stems, numerals and prefixoids that stand before nouns."""

EXTRA_HEADS = frozenset(
    """
    afrika amerika asien bayern berlin deutschland europa geber geberin geberinnen gebern gebers
    korea nehmer nehmerin nehmerinnen nehmern nehmers pfalz sachsen steller stellerin stellerinnen
    stellern stellers sudan westfalen
    """.split()
)
"""Heads that are no nouns by themselves, and place names other places are named by."""

NEVER_MODIFIERS = frozenset(
    """
    aber als also ander andere anders anna ant anz auch auf aus bar bei chen dann denkt denn doch
    dort durch eben ein emma ent enz erei erst ette etwa eva fuer gegen gern haft hans heit her
    hier hin hinter ihr ihre immer ina inge inner inter intra ion isch ismus ist ium jede jene
    karl kaum kein keit kurt lein lich ling linge los mal manch maria mein ment miss mit mitt nach
    nie nis noch nun nur oberst oder ohne otto poly sam samt sang schaft schon sehr sein seit sich
    sie sonst spezi statt ster stern taet tion tor tran trans trotz tum ueber ung unter untern ver
    verb vers viel vor vorher war was weg weil wenn wer wider wie wieder will wir wird wohl zer
    zwischen
    """.split()
)
"""Prefixes, function words, and nouns that mostly turn up by accident at a word's start."""

NEVER_HEADS = frozenset(
    """
    age agen ale alen alie alien ange angen ansen anz archie archien arme armen asch ast asten
    aten ation ationen ator bach bare barem baren barer bares bert bold burger burgern burgers
    chen eien eier elle ellen ende enden endes ene eng enge ente enten enz erbes erei erin ern
    erte erweise erweisen ester eur eure euse fischen formation freie freien freier gen gene gens
    graf grafie gramm graphie haft hafte haften hafter haftes halb halts heit heiten hoerigkeit
    hold iere ieren iken iker inge ingen inger ings innen ion ionen ions isch ische ischen ischer
    isches ismus ist isten itaet keit keiten legenden lein ling linge lingen lings lis loge logen
    logie logien los lose losem losen loser loses lungen ment mente mut nis nische nischem nischen
    nischer nisches nisse nom nomen nomie phon portieren raten ration rei reiche reichen reicher
    reiches reien rich rinne rinnen rungen sam same samen schaft schaften sten ster streu taet ten
    tens tische tischen tischer tor toren trag treu tuemer tum ung ungen unters weise weisen
    werten wig
    """.split()
)
"""Suffixes, adjective endings, and nouns that mostly turn up by accident at a word's end."""

NAME_HEADS = frozenset(
    """
    acker au auer bach baum beck becker berg berger bergs blum born bruch bruck brunn brunnen burg
    burger busch dorf eck ecke feld felde felden felder fels furt fuss gart garten haber hagen
    halde hall hammer hardt hauer haus hausen heide heim heimer hoefer hoeh hof hofen hofer holz
    holzer horn horst kamp kemper kirch kirchen koch koenig kopf kranz lach laender land leitner
    loch macher maier mann manns mayer meier meister meyer moor moos muehle muehlen mueller ried
    rode roth sand schaefer schmidt schmied schmitt see stadl stadt staedter stein steiner steins
    stern stroh tal taler thal vogel wald walder wasser weg weiler wies wiese wieser wolf zell
    zeller ziegler zweig
    """.split()
)
"""Heads of many surnames and place names: after them, only listed nouns are split."""

NEVER_SPLIT = frozenset(
    """
    angehoerigkeit antwort autonomie autorin bestandteil botschaft bundestag bundestages
    bundestags discounter fahrlaessigkeit freizeit gegenwart handlung haushalt heimat herrschaft
    hierarchie hochzeit kombination landtag landwirtschaft mannschaft minister moderation
    moderator parlamentarierin plantage plattform produktion ratschlag reichstag sekretaer
    staatsangehoerigkeit staubecken
    teilnehmer teilnehmerin transaktion transformation transfusion transport urheber
    urlaub verbrennung versendung vollziehung wirtschaft zugehoerigkeit
    """.split()
)
"""Lemmas that only look like compounds, or whose parts mislead a search."""
