import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators

extension OutputDivergence {
  /// The divergence of `small` from `dense` over all of `data`.
  ///
  /// - Throws: `EspalierError` if networks and data do not fit.
  /// - Complexity: a forward pass of each network.
  init(of small: Graph, against dense: Graph, on data: any CalibrationData, backend: any Backend) throws(EspalierError)
  {
    let size = try CalibrationPass(graph: dense, gramLimit: 0, cut: dense.outputs.map(\.name))
      .batchSize(atMost: 256, of: data.count)
    var runs = PairedRuns(small, dense, on: backend)
    let stream = try data.batches(of: size)
    self.init()
    while let batch = try stream.next() {
      let (answers, targets) = try runs(batch)
      add(answers, against: targets)
    }
  }
}
