import ProximalPoint

/// Early stopping: the loss of rows that are not learnt from, epoch after epoch, and the best solution so far.
final class HeldOutLoss {
  /// The loss after each epoch.
  private(set) var trace: [Double] = []
  /// The solution with the smallest loss, and after which epoch it stood.
  private(set) var best: (solution: [Double], epoch: Int)?
  /// Whether the loss has failed to improve for too long.
  private(set) var hasStopped = false
  private let value: ([Double]) -> Double
  private let patience: Int
  private var smallest = Double.infinity

  /// The loss of these examples.
  init(_ examples: TableExamples, loss: any FamilyLoss, patience: Int) {
    self.patience = patience
    switch examples {
    case .dense(let examples): value = { loss.average(over: examples, at: $0) }
    case .sparse(let examples): value = { loss.average(over: examples, at: $0) }
    }
  }

  /// Looks at a solution; whether it is worth going on.
  func continues(at solution: [Double]) -> Bool {
    let loss = value(solution)
    trace.append(loss)
    if loss < smallest {
      smallest = loss
      best = (solution, trace.count)
    }
    hasStopped = trace.count - (best?.epoch ?? 0) >= patience
    return !hasStopped
  }
}
