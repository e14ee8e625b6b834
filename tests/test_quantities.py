"""Numbers in running text."""

from gxnlp.quantities import find_quantities, read_vocabulary


def test_examples_of_the_vocabulary():
    for example in read_vocabulary()["example"]:
        found = find_quantities(example["text"])
        assert [q.text for q in found] == [q["text"] for q in example["quantities"]]
