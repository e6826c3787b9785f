import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators

extension PruningRun {
  /// Chooses all groups on the activations of the dense network.
  ///
  /// - Parameter progress: Receives the numbers of samples done and to do in all passes.
  mutating func chooseAtOnce(
    _ groups: [PruningGroup], on data: any CalibrationData, backend: any Backend, progress: (Int, Int) -> Void
  ) throws(EspalierError) {
    let isMeasured = request.need == .sums
    let total = (isMeasured ? 2 : 1) * data.count
    let network = dense
    let folds = request.folds(of: data)
    let pass = CalibrationPass(
      graph: network, folds: folds, readings: GroupReading.all(of: groups), need: request.need,
      sampleCount: request.partialMomentSamples(of: data), gramLimit: request.gramLimit, processes: request.processes)
    let batchSize = folds.batchSize(atMost: request.batchSize)
    let calibration = try Calibration(pass, on: data, batchSize: batchSize, backend: backend) {
      progress($0, total)
    }
    calibrated(calibration.sampleCount)
    var dropped = DroppedPart.Nodes(beside: network)
    var parts: [(group: PruningGroup, norms: DroppedPart.Norms)] = []
    for group in groups {
      try choose(group, by: calibration.statistics)
      if let part = unmeasuredPart(isMasked: false) { parts.append((group, try dropped.add(part, in: network))) }
    }
    guard isMeasured else { return }
    let look = CalibrationPass(
      graph: network, gramLimit: request.gramLimit, dropped: dropped, processes: request.processes)
    var runner = CalibrationPassRunner(look, on: backend)
    let stream = try StoredActivationStream(
      data, batchSize: look.batchSize(atMost: request.batchSize, of: data.count), among: request.processes)
    while let (batch, round) = try stream.next() {
      _ = try runner.run(batch, in: round)
      progress(data.count + stream.sampleCount, total)
    }
    try runner.finish(on: data)
    for (group, norms) in parts { measured(group, runner.residual(of: norms)) }
    calibrated(stream.sampleCount)
  }
}
