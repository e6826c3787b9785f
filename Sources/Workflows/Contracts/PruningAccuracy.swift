import EspalierTraining

/// The evaluations of a network before and after pruning, and after fine-tuning, if there is data for them.
package struct PruningAccuracy: Encodable {
  /// The evaluations of one group.
  struct Block: Encodable {
    let group: String
    let pruned: Evaluation?
    let finetuned: Evaluation?
  }

  let before: Evaluation?
  let pruned: Evaluation?
  let distilled: Evaluation?
  let blocks: [Block]
  let finetuned: Evaluation?

  /// The evaluations of pruning alone, or followed by distillation.
  package init(before: Evaluation?, pruned: Evaluation?, distilled: Evaluation? = nil) {
    self.before = before
    self.pruned = pruned
    self.distilled = distilled
    blocks = []
    finetuned = nil
  }

  /// The evaluations of pruning with fine-tuning in between.
  package init(_ result: GradualPruning.Result) {
    before = result.before
    pruned = nil
    distilled = nil
    blocks = result.blocks.map { Block(group: $0.group, pruned: $0.pruned, finetuned: $0.finetuned) }
    finetuned = result.after
  }

  /// A row for each evaluation.
  package var table: AccuracyTable {
    var table = AccuracyTable()
    table.add("dense", before)
    table.add("pruned", pruned)
    table.add("distilled", distilled)
    for block in blocks {
      table.add("\(block.group) pruned", block.pruned)
      table.add("\(block.group) fine-tuned", block.finetuned)
    }
    table.add("fine-tuned", finetuned)
    return table
  }
}
