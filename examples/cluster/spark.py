"""The screening on Spark: the library in each executor's Python, called by Arrow batches.

    ../embed/library && pip install pyspark pyarrow && python3 spark.py FOLDER

FOLDER holds what the program beside this has invented (--folder). On a cluster, the library goes
to each machine (--files), and PAXNORM_LIBRARY says where it is.
"""

import sys
from pathlib import Path

import pyarrow
from pyspark.sql import SparkSession
from pyspark.sql import functions as sql
from pyspark.sql.functions import arrow_udf

WRAPPER = Path(__file__).resolve().parent.parent / "embed/python/paxnorm.py"
# Before the functions: their types are read by the session.
spark = SparkSession.builder.appName("paxnorm").config("spark.ui.enabled", False).getOrCreate()
spark.sparkContext.addPyFile(str(WRAPPER))


def prepare(matcher, text):
    import paxnorm

    surname, _, given = text.partition("/")
    return paxnorm.Name(matcher, {"surname": surname, "given": given} if given else {"full": text})


@arrow_udf("array<bigint>")
def blocks(names: pyarrow.Array) -> pyarrow.Array:
    from paxnorm import Matcher

    # Spark has no unsigned integers: the same 64 bits, read with a sign.
    signed = lambda key: key - (key >> 63 << 64)
    with Matcher() as matcher:
        keys = [[signed(key) for key in matcher.blocks(prepare(matcher, name.as_py()))] for name in names]
    return pyarrow.array(keys, pyarrow.list_(pyarrow.int64()))


@arrow_udf("float")
def score(a: pyarrow.Array, b: pyarrow.Array) -> pyarrow.Array:
    from paxnorm import Matcher

    with Matcher() as matcher:
        pairs = ((prepare(matcher, x.as_py()), prepare(matcher, y.as_py())) for x, y in zip(a, b))
        return pyarrow.array([matcher.score(*pair) for pair in pairs], pyarrow.float32())


def keyed(table):
    return table.withColumn("key", sql.explode(blocks("name")))


listed = keyed(spark.read.parquet(sys.argv[1] + "/list.parquet"))
hubs = listed.groupBy("key").count().where("count > 10")
wanted = listed.join(hubs, "key", "left_anti").withColumnRenamed("name", "listed")
people = spark.read.parquet(sys.argv[1] + "/travellers").groupBy("name").count()
# The keys are what both sides are shuffled by.
pairs = wanted.join(keyed(people), "key").select("id", "listed", "name", "count").distinct()
hits = pairs.withColumn("score", score("listed", "name")).where("score >= 0.9")
hits.orderBy(sql.desc("score"), "id").show(20, truncate=False)
print(hits.count(), "hits")
