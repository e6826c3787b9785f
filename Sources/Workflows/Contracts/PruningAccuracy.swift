import EspalierTraining

/// How well a network does before and after it is pruned, and after it is trained on, where there is data to measure it
/// on.
package struct PruningAccuracy: Encodable {
  /// The same for one group.
  struct Block: Encodable {
    let group: String
    let pruned: Evaluation?
    let finetuned: Evaluation?
  }

  let before: Evaluation?
  let pruned: Evaluation?
  let blocks: [Block]
  let finetuned: Evaluation?

  /// Pruned alone.
  package init(before: Evaluation?, pruned: Evaluation?) {
    self.before = before
    self.pruned = pruned
    blocks = []
    finetuned = nil
  }

  /// Pruned and trained in turn.
  package init(_ result: GradualPruning.Result) {
    before = result.before
    pruned = nil
    blocks = result.blocks.map { Block(group: $0.group, pruned: $0.pruned, finetuned: $0.finetuned) }
    finetuned = result.after
  }

  /// A line for each time it was measured.
  package var table: AccuracyTable {
    var table = AccuracyTable()
    table.add("dense", before)
    table.add("pruned", pruned)
    for block in blocks {
      table.add("\(block.group) pruned", block.pruned)
      table.add("\(block.group) fine-tuned", block.finetuned)
    }
    table.add("fine-tuned", finetuned)
    return table
  }
}
