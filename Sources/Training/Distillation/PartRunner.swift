import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierTensors

/// Runs a part of a network on batches, with one session for each kind of batch.
package final class PartRunner {
  private let part: Graph
  private let backend: any Backend
  private var sessions: [[String: TensorType]: Session] = [:]

  /// Runs `part` on `backend`.
  package init(_ part: Graph, on backend: any Backend) {
    self.part = part
    self.backend = backend
  }

  /// Whether the part reads the input or value `name`.
  package func reads(_ name: String) -> Bool { part.inputs.contains { $0.name == name } }

  /// The part's outputs for these inputs.
  ///
  /// - Throws: `EspalierError` if the inputs do not fit.
  package func callAsFunction(_ inputs: [String: Tensor]) throws(EspalierError) -> [String: Tensor] {
    let types = inputs.types
    let session: Session
    if let known = sessions[types] {
      session = known
    } else {
      session = try Session(Plan(part, feeds: types), on: backend)
      sessions[types] = session
    }
    return try session.run(inputs)
  }
}
