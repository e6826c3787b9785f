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
  private let results: [String]?
  private var sessions: (feeds: [String: TensorType], first: Session, second: Session)?

  /// Two networks, of which these values are computed; `nil` for their outputs.
  init(_ first: Graph, _ second: Graph, results: [String]? = nil, on backend: any Backend) {
    self.first = first
    self.second = second
    self.results = results
    self.backend = backend
  }

  /// The results of both for `batch`, in order.
  mutating func callAsFunction(
    _ batch: [String: Tensor]
  ) throws(EspalierError) -> (first: [String: Tensor], second: [String: Tensor]) {
    let feeds = batch.mapValues(TensorType.init(of:))
    if sessions?.feeds != feeds {
      func session(_ graph: Graph) throws(EspalierError) -> Session {
        try Session(Plan(graph, feeds: feeds, results: results), on: backend)
      }
      sessions = (feeds, try session(first), try session(second))
    }
    return (try sessions!.first.run(batch), try sessions!.second.run(batch))
  }
}
