"""Word classes: the role of a word in a keyphrase, from short lists and endings.

BREAK      never in a phrase: closed classes, adverbs, verbs of academic prose
FAINT      says nothing as a modifier ("new"): a phrase begins after it
ADJECTIVE  not the last word of a phrase
PARTICIPLE in a phrase if it modifies the next word, else a verb
GENERIC    not a phrase by itself ("method")
NOUN       everything else
"""

from enum import IntEnum
from functools import lru_cache


class WordClass(IntEnum):
    """The role that a word can have in a phrase."""

    BREAK = 0
    FAINT = 1
    ADJECTIVE = 2
    PARTICIPLE = 3
    GENERIC = 4
    NOUN = 5


_FUNCTION = set(
    """
    a an the this that these those some any each every all both either neither no such
    same another other others certain own more most less least much many few several
    various i we you he she it they me us him her them my our your his its their mine
    ours theirs myself ourselves itself themselves one ones oneself who whom whose
    which what whatever whether when whenever where wherever why how however of in on
    at by for with without within into onto upon from to toward towards via per about
    above across after against along amid among amongst around as before behind below
    beneath beside besides between beyond despite during except inside like near off
    opposite out outside over past regarding since than through throughout till under
    underneath unlike until unto up versus vs down concerning and or but nor so yet if
    unless while whereas although though because hence thus therefore moreover
    furthermore nevertheless nonetheless otherwise instead rather be is are was were
    been being am do does did done doing have has had having can could may might must
    shall should will would cannot ought need dare not never always often sometimes
    usually also too very quite just only even still already again once twice now then
    here there ever else almost perhaps maybe indeed together apart away back forth
    well ill far further later earlier soon recent recently first firstly second
    secondly third thirdly finally last next et al etc ie eg cf resp fig eq eqs sec
    ref refs i.e e.g w.r.t a.e a.s a.a.s
    two three four five six seven eight nine ten zero dozen hundred thousand
    million yes let it's there's don't doesn't isn't aren't can't due owing
    respectively today yesterday tomorrow ago currently namely simply given order able
    unable
    """.split()
)

_VERBS = """
    accept accomplish achieve acquire adapt add alter analyse analyze characterise
    characterize detect estimate extract generalise interfere manipulate maximise
    maximize minimise minimize optimise optimize perform simulate solicit transform
    transmit utilise address adopt affect agree aim allow allege announce answer
    appear apply appreciate argue arise ask assert assess assume attain attempt attend
    attract avoid become begin believe belong bring calculate carry cause cite claim
    clarify combine come compare comprise compute conclude conduct confirm conjecture
    consider consist constitute construct contain continue contrast contribute convey
    correspond create deal decide deduce define demonstrate denote depend derive
    describe determine develop devise differ discover discuss elaborate elucidate
    emerge employ enable encounter encourage enhance ensure establish evaluate examine
    exceed exemplify exhibit exist expect explain exploit explore express extend
    facilitate fail fall find follow formulate fulfil fulfill gain generalize generate
    get give go grow happen help hold identify ignore illustrate imply improve include
    incorporate indicate infer inform intend introduce investigate involve justify
    keep know lack lead learn leave lie look lose maintain make manage mean meet
    mention motivate note notice obey observe obtain occur offer omit outperform
    overcome permit play possess predict prefer prepare present preserve prevent
    proceed produce promise propose prove provide publish pursue put raise reach read
    realize recall receive recommend reconsider reduce refer reflect relate rely
    remain remove render replace require resemble resolve restrict reveal review
    satisfy say see seek seem select send serve set shed show solve specify state stay
    strive succeed suffer suffice suggest summarize support suppose surpass take tend
    think treat try turn understand undergo undertake use utilize validate vary verify
    want wish write yield accord buy design start transfer dominate evolve reproduce
    fluctuate perceive decouple detach weigh eat simplify incentivize govern comprehend
    """.split()

_IRREGULAR = set(
    """
    drops dropped parses parsed freezes froze frozen keeps speaks spoke tells grows
    arose arisen became began begun brought came chose chosen dealt drawn drew fell
    fallen felt found gave gone got gotten grew grown held kept knew known lain laid
    led left lost made meant met put proven read said saw seen sent shown sought spent
    stands captures captured calls called builds built feeds fed settles settling lying
    stood taken took taught thought told underwent undergone understood undertook went
    won written wrote lay lies ran showed shows
    """.split()
)

_NOT_VERBS = {"state", "states", "set", "sets", "support", "supports", "learning"} | {
    "conjecture", "conjectures", "setting", "settings", "mean", "means", "yield", "yields",
    "understanding", "computing", "reading", "writing", "gain", "gains", "cause", "causes",
    "design", "designs", "transfer", "transfers", "transform", "transforms", "estimate",
    "estimates", "extract", "extracts", "transformed", "designed", "transferred", "start",
}  # fmt: skip

VERBS_AFTER_PLURALS = frozenset(
    """
    gain cause yield mean support transfer transform estimate extract start state repeat
    cut recover capture call build feed cover demand stand wrap lift pass tie run drive
    scale grow rank score
    """.split()
)
"""Nouns elsewhere: "unseen words gain", but "antenna gain"."""

_FAINT = set(
    """
    new novel recent current previous present prior existing different various diverse
    particular specific important significant interesting remarkable main major key
    crucial essential fundamental necessary sufficient possible potential available
    appropriate suitable proper relevant related corresponding respective resulting
    obtained proposed considered presented introduced described developed given
    certain common usual typical general special additional further similar equivalent
    good better best great greater greatest high higher highest large larger largest
    low lower lowest small smaller smallest long longer short shorter wide wider broad
    full entire whole complete overall total real true known unknown well-known
    so-called above-mentioned aforementioned first-ever simple simpler easy difficult
    hard powerful useful successful effective promising popular extensive detailed
    careful comprehensive rich excellent exciting state-of-the-art subsequent latter
    former final initial early late old underlying involved involving including based
    using used
    """.split()
)

_GENERIC = set(
    """
    paper work article study studies research survey thesis letter note report book
    chapter section part author authors result results method methods approach
    approaches technique techniques way ways manner problem problems question
    questions issue issues case cases example examples kind kinds type types class
    classes form forms number numbers amount set sets range variety series lot fact
    idea ideas concept concepts notion notions aspect aspects feature features
    property properties characteristic characteristics advantage advantages
    disadvantage drawback drawbacks benefit benefits use uses usage application
    applications purpose purposes goal goals aim aims objective role field fields area
    areas topic topics context setting settings framework frameworks scheme schemes
    procedure procedures process processes system systems model models theory
    algorithm algorithms analysis analyses data value values parameter parameters
    variable variables function functions level levels degree order term terms effect
    effects factor factors condition conditions situation situations scenario
    scenarios difference differences comparison comparisons relation relations
    relationship relationships evidence performance improvement improvements increase
    decrease change changes implementation solution solutions simulation experiment
    experiments test tests measurement measurements observation observations
    discussion conclusion conclusions introduction abstract literature knowledge
    information attention interest importance understanding ability possibility
    existence presence absence addition contrast particular general total basis point
    points view step steps stage time times year years day days end beginning base
    side sense extent impact influence need needs requirement requirements
    contribution contributions limitation limitations challenge challenges development
    developments progress future past construction proof proofs theorem statement
    assumption assumptions definition definitions description structure structures
    environment quality source sources people user users group groups thing things
    """.split()
)

_ADVERB_LIKE_NOUNS = {
    "family", "assembly", "anomaly", "supply", "reply", "butterfly", "monopoly", "fly",
    "poly", "italy", "homily", "multiply", "ally", "rally", "bully", "lily",
}  # fmt: skip

_ADJECTIVE_ENDINGS = ("al", "ive", "ous", "ic", "able", "ible", "ary", "ful", "less", "ar")
_NOUNS_ALIKE = set(
    """
    exercises premises surprises enterprises compromises franchises expertises
    signal potential material animal journal integral crystal interval retrieval
    removal proposal metal arrival approval functional differential exponential trial
    tutorial diagonal polynomial binomial principal terminal hospital capital goal
    rival final pedal portal reversal withdrawal renewal survival referral appraisal
    denial disposal spiral fractal canal manual total individual logic topic metric
    music traffic fabric heuristic characteristic graphic clinic mechanic diagnostic
    statistic arithmetic semantic plastic ceramic elastic epidemic pandemic republic
    arctic critic mosaic automorphic objective derivative alternative perspective
    incentive initiative archive drive hive five dive detective motive additive
    primitive invective variable table cable timetable library boundary summary
    dictionary vocabulary secondary glossary anniversary adversary commentary diary
    itinerary salary quandary seminar scalar radar grammar calendar dollar pillar
    sugar bar car star war solar cellular scholar lidar similar sonar quasar pulsar
    collar avatar virus bus status focus locus genus radius nucleus calculus consensus
    apparatus
    """.split()
) - {"solar", "cellular", "similar", "automorphic"}

_ADJECTIVES = set(
    """
    free open closed finite infinite discrete dense sparse random linear nonlinear
    convex concave exact approximate robust efficient complex smooth rough strong weak
    deep shallow fast slow rapid quick single double multiple multi dual joint global
    local main mean fine coarse hot cold warm dark light heavy soft rigid flat round
    thin thick narrow upper inner outer left right positive negative neutral human
    modern ancient ready different distinct separate independent dependent consistent
    coherent incoherent equal unequal unique universal non-linear real-time online
    offline large-scale small-scale high-dimensional low-dimensional time-dependent
    self-consistent second-order first-order higher-order long-range short-range
    """.split()
)


@lru_cache(maxsize=1 << 16)
def classify_word(word: str) -> WordClass:  # noqa: PLR0911  a ladder of questions
    """Return the class of a lower-case word."""
    if word in _FUNCTION or word in _VERB_FORMS:
        return WordClass.BREAK
    if word in _FAINT:
        return WordClass.FAINT
    if word in _GENERIC:
        return WordClass.GENERIC
    if word in _ADJECTIVES:
        return WordClass.ADJECTIVE
    if word.endswith("ly") and len(word) > 3 and word not in _ADVERB_LIKE_NOUNS:  # noqa: PLR2004  "fly"
        return WordClass.BREAK
    last = word.rpartition("-")[2]
    if last.endswith(("izes", "ises")) and len(last) > 7 and last not in _NOUNS_ALIKE:  # noqa: PLR2004  "sizes"
        return WordClass.BREAK
    if last.endswith("ed") and len(last) > 4 and not last.endswith(("eed", "bed")):  # noqa: PLR2004  "shed"
        return WordClass.PARTICIPLE
    if last.endswith(_ADJECTIVE_ENDINGS) and len(last) > 4 and last not in _NOUNS_ALIKE:  # noqa: PLR2004
        return WordClass.ADJECTIVE
    return WordClass.NOUN


def _list_forms(verb: str) -> set[str]:
    """Return a regular verb's forms, some of which may not exist."""
    stem = verb.removesuffix("e")
    forms = {verb, f"{verb}s", f"{verb}es", f"{stem}ed", f"{stem}ing"}
    forms |= {f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing"}
    if verb.endswith("y") and verb[-2] not in "aeiou":
        forms |= {f"{verb[:-1]}ies", f"{verb[:-1]}ied"}
    return forms


_VERB_FORMS = frozenset(set().union(*map(_list_forms, _VERBS), _IRREGULAR) - _NOT_VERBS)
