import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierTensors

/// Two networks with the same inputs, run on the same batches; recompiled for a batch of another shape.
struct PairedRuns {
  private let first: Graph
  private let second: Graph
  private let backend: any Backend
  private var sessions: (feeds: [String: TensorType], first: Session, second: Session)?

  init(_ first: Graph, _ second: Graph, on backend: any Backend) {
    self.first = first
    self.second = second
    self.backend = backend
  }

  /// The outputs of both for `batch`, in order.
  mutating func callAsFunction(
    _ batch: [String: Tensor]
  ) throws(EspalierError) -> (first: [String: Tensor], second: [String: Tensor]) {
    let feeds = batch.mapValues(TensorType.init(of:))
    if sessions?.feeds != feeds {
      sessions = (
        feeds, try Session(Plan(first, feeds: feeds), on: backend), try Session(Plan(second, feeds: feeds), on: backend)
      )
    }
    return (try sessions!.first.run(batch), try sessions!.second.run(batch))
  }
}
