"""``searchkit eval``: measure how good the answers are, and compare ways of ranking."""

from __future__ import annotations

import click

from searchkit.cli.answers import Answer, write_answer
from searchkit.cli.layout import Command
from searchkit.cli.options import Common, common_options, index_named
from searchkit.cli.terminal import narrate
from searchkit.errors import CorpusError


@click.command("eval", cls=Command, short_help="Measure how good the answers are.")
@click.argument("topics_path", metavar="TOPICS")
@click.option(
    "--qrels",
    "qrels_path",
    metavar="FILE",
    help="The judgements; not needed where TOPICS has a third column of relevant ids.",
)
@click.option(
    "--set",
    "base",
    multiple=True,
    metavar="NAME=VALUE",
    help="A weight for this run: k1, b, title, exact ..., correction.cost ...; may be repeated.",
)
@click.option(
    "--compare",
    "others",
    multiple=True,
    metavar="NAME=VALUE",
    help="A further system: as --set says, but with this weight; several joined by commas are"
    " one system. May be repeated.",
)
@click.option("--topics", "by_topic", is_flag=True, help="Topics, largest difference first.")
@common_options(settable=False)
def command(
    common: Common,
    topics_path: str,
    qrels_path: str | None,
    base: tuple[str, ...],
    others: tuple[str, ...],
    by_topic: bool,
) -> int:
    """Measure how good the answers are: nDCG@10, MRR@10, recall@10 and recall@100.

    Needs ir-measures: pip install 'searchkit[eval]'. Nothing in the index changes.

    TOPICS has a line for each query, tabs between the columns:

    \b
      1   Pegel der Elbe
      2   Gipfel in Helsinki

    FILE says which documents answer it, and how well: 1 unless given, 0 for not at all:

    \b
      1   elbe-2019   2
      1   flut

    TREC's files (<top>, and "topic 0 document gain") are read as well. A third column of TOPICS,
    ids with commas between, replaces FILE.

    With --compare there is the difference of each system to the first, and p: how often chance
    alone would make it as large (paired randomisation test, 10,000 permutations), also corrected
    for the number of systems and measures (Holm).

    \b
    Examples:
      searchkit eval topics.tsv --qrels judgements.tsv
      searchkit eval topics.tsv --set exact=0.2
      searchkit eval topics.tsv --compare title=0.1 --compare title=0,exact=0 --topics
      searchkit eval topics.trec --qrels qrels.txt --format json

    Exit status: 0 done, 2 error.
    """
    from searchkit.evaluation.experiment import run
    from searchkit.evaluation.judgements import read_qrels
    from searchkit.evaluation.systems import System, parse_system
    from searchkit.evaluation.topics import read_topics

    first = parse_system(base, System(common.settings.ranking, common.settings.correction))
    systems = [first, *(parse_system([other], first) for other in others)]
    topics, qrels = read_topics(topics_path)
    if qrels_path is not None:
        qrels = read_qrels(qrels_path)
    elif not qrels:
        raise CorpusError(
            f"{topics_path!r} holds no judgements: no line has a third column",
            "--qrels FILE names them",
        )
    with index_named(common.index):
        experiment = run(common.index, topics, qrels, systems, settings=common.settings)
    # Imported only where used, as in the other commands.
    from searchkit.evaluation.report import experiment_object, experiment_table, experiment_text

    answer = Answer(
        text=lambda _: experiment_text(experiment, by_topic=by_topic),
        json=lambda: experiment_object(experiment),
        table=lambda: experiment_table(experiment),
    )
    write_answer(answer, common)
    if not common.quiet:
        for note in experiment.notes:
            narrate(f"note: {note}")
    return 0
