import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierTensors

/// A network that is run on batches of different shapes: one session for each, made when it is first needed.
final class ShapedSessions {
  private let graph: Graph
  private let results: [String]
  private let backend: any Backend
  private var sessions: [[String: Shape]: Session] = [:]

  init(_ graph: Graph, results: [String], on backend: any Backend) {
    self.graph = graph
    self.results = results
    self.backend = backend
  }

  /// The results for `inputs`; inputs that they do not depend on are ignored.
  func run(_ inputs: [String: Tensor]) throws(EspalierError) -> [String: Tensor] {
    let shapes = inputs.mapValues(\.shape)
    let session: Session
    if let known = sessions[shapes] {
      session = known
    } else {
      session = try Session(
        Plan(graph, feeds: inputs.mapValues(TensorType.init(of:)), results: results), on: backend)
      sessions[shapes] = session
    }
    return try session.run(inputs)
  }
}
