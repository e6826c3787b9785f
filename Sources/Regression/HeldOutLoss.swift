import EspalierProximalPoint
import EspalierTensors

/// Early stopping: the loss of the held-out rows after each epoch, and the best solution so far.
struct HeldOutLoss {
  /// The losses so far.
  struct Record: Hashable, Sendable, Codable {
    /// The loss after each epoch.
    @Stored fileprivate(set) var trace: [Double] = []
    /// The solution with the smallest loss; empty before there is one.
    @Stored fileprivate(set) var solution: [Double] = []
    /// The epoch of that solution.
    fileprivate(set) var epoch = 0
    fileprivate var smallest = Double.infinity
  }

  /// The losses so far.
  private(set) var record: Record
  private let value: ([Double]) -> Double
  private let patience: Int

  /// The loss of these examples, continued from `record`.
  init(_ examples: TableExamples, loss: any FamilyLoss, patience: Int, record: Record = Record()) {
    self.patience = patience
    self.record = record
    switch examples {
    case .dense(let examples): value = { loss.average(over: examples, at: $0) }
    case .sparse(let examples): value = { loss.average(over: examples, at: $0) }
    }
  }

  /// Whether the loss has failed to improve for too long.
  var hasStopped: Bool { record.trace.count - record.epoch >= patience }

  /// Evaluates a solution; true if the fit should go on.
  mutating func continues(at solution: [Double]) -> Bool {
    let loss = value(solution)
    record.trace.append(loss)
    if loss < record.smallest {
      record.smallest = loss
      record.solution = solution
      record.epoch = record.trace.count
    }
    return !hasStopped
  }
}
