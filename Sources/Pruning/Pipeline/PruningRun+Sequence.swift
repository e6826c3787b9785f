import Engine
import Execution
import Graph
import Operators

extension PruningRun {
  /// Chooses one group after another, each on the activations of the network pruned so far.
  ///
  /// The residual of a group is measured in the pass that is made for the next, as long as all of its readers see at
  /// once what they read; else, and for the last group, in a pass of its own.
  ///
  /// - Parameter progress: Told how many samples are done, and how many there are to do in all passes.
  mutating func chooseInSequence(
    _ groups: [PruningGroup], on data: any CalibrationData, backend: any Backend, progress: (Int, Int) -> Void
  ) throws {
    let stops = PruningOrder(dense, groups).stops
    let isMeasured = request.need == .sums
    let passCount =
      stops.count + (isMeasured ? stops.count { !$0.isReadAtOnce } + (stops.last!.isReadAtOnce ? 1 : 0) : 0)
    var passes = 0
    func report(_ done: Int) { progress(passes * data.count + done, passCount * data.count) }

    var pass = CalibrationPass(
      graph: dense, readings: GroupReading.all(of: groups), need: request.need, gramLimit: request.gramLimit)
    var calibration = SequentialCalibration(
      data, batchSize: try pass.batchSize(atMost: request.batchSize, of: data.count), memory: request.frontierMemory,
      backend: backend)
    var previous: PruningOrder.Stop?
    // The weights with which the last group was looked at.
    var before = silenced
    for stop in stops {
      pass.graph = network(for: stop.group)
      pass.readings = GroupReading.all(of: [stop.group])
      pass.cut = stop.cut
      pass.dropped = try unmeasuredPart(isMasked: true).map {
        try DroppedPart.Nodes(of: $0, in: before, beside: pass.graph)
      }
      let runner = try calibration.advance(pass, progress: report)
      if let previous, let residual = runner.residual { measured(previous.group, residual) }
      passes += 1
      calibrated(calibration.sampleCount)
      before = silenced
      try choose(stop.group, by: runner.statistics)
      if let part = unmeasuredPart(isMasked: false), !stop.isReadAtOnce || stop.group.id == stops.last!.group.id {
        let look = CalibrationPass(
          graph: pass.graph, gramLimit: request.gramLimit,
          dropped: try DroppedPart.Nodes(of: part, in: before, beside: pass.graph))
        if let residual = try calibration.look(look, progress: report).residual { measured(stop.group, residual) }
        passes += 1
        calibrated(calibration.sampleCount)
      }
      previous = stop
    }
  }

  /// Chooses all groups on the activations of the dense network.
  ///
  /// - Parameter progress: Told how many samples are done, and how many there are to do in all passes.
  mutating func chooseAtOnce(
    _ groups: [PruningGroup], on data: any CalibrationData, backend: any Backend, progress: (Int, Int) -> Void
  ) throws {
    let isMeasured = request.need == .sums
    let total = (isMeasured ? 2 : 1) * data.count
    let network = dense
    let pass = CalibrationPass(
      graph: network, readings: GroupReading.all(of: groups), need: request.need, gramLimit: request.gramLimit)
    let calibration = try Calibration(pass, on: data, batchSize: request.batchSize, backend: backend) {
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
    let look = CalibrationPass(graph: network, gramLimit: request.gramLimit, dropped: dropped)
    var runner = CalibrationPassRunner(look, on: backend)
    let size = try look.batchSize(atMost: request.batchSize, of: data.count)
    let count = try data.forEachFrontierBatch(of: size, { progress(data.count + $0, total) }) { _ = try runner.run($0) }
    try data.check(runner)
    for (group, norms) in parts { measured(group, runner.residual(of: norms)) }
    calibrated(count)
  }
}
