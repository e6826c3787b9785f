import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators

/// The size-error curves of a network's groups: each group pruned alone to several sizes, re-fitted as the request
/// says, and the network behind it run on a few inputs.
package struct Sensitivity: Sendable {
  /// One group at one size.
  package struct Point: Hashable, Sendable, Codable {
    /// The number of units kept.
    package let count: Int
    /// What is lost at the layers that read the group, after the re-fit if there is one, relative to their outputs'
    /// energy: `|| U - U' ||_F^2 / || U ||_F^2` on the calibration inputs. `nil` without second moments.
    package let relativeResidual: Double?
    /// The divergence at the network's outputs: KL divergence in nats for rows of class scores, relative squared error
    /// otherwise.
    package let divergence: Double
    /// The accuracy on labelled data, if there is any.
    package let accuracy: Double?
  }

  /// One group.
  package struct Group: Sendable {
    /// The group.
    package let group: PruningGroup
    /// Its sizes, ascending.
    package let points: [Point]

    /// The curve through the points.
    package var curve: SizeErrorCurve {
      SizeErrorCurve(size: group.size, points: points.map { ($0.count, $0.divergence) })
    }
  }

  /// The groups, in the network's order.
  package let groups: [Group]
  /// The number of samples on which divergences are measured.
  package let sampleCount: Int

  /// The fractions of a group's units that are measured by default.
  package static let sizes = [0.875, 0.75, 0.5, 0.375, 0.25, 0.1]

  /// The fewest and the most samples on which divergences are measured.
  private static let samples = 64...256
  /// The multiply-accumulate operations that all measurements together may take, beyond the fewest samples: a minute
  /// or two on a few cores. A clock would make the result depend on the machine's load.
  private static let operations = 2e12

  /// Measures the groups of `network` at `counts[id]` units; groups that it does not name are left out.
  ///
  /// - Parameters:
  ///   - request: The method and re-fit. In its checkpoints, if it has any, each point is kept as soon as it is there.
  ///   - data: The inputs on which divergences are measured, best ones that `network` has not seen.
  ///   - accuracy: The accuracy of a network on labelled data; `nil` if there is none.
  ///   - progress: Receives the numbers of sizes done and to do.
  /// - Throws: `EspalierError` if network and data do not fit.
  /// - Complexity: a selection and a re-fit for each size, and a run of the part of the network behind the group.
  package init(
    of network: CalibratedNetwork, _ request: PruningRequest, counts: [String: [Int]],
    on data: any CalibrationData, accuracy: ((Graph) throws(EspalierError) -> Double?)? = nil,
    progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws(EspalierError) {
    let total = counts.values.reduce(0) { $0 + $1.count }
    let macs = Double(try ModelCost(of: network.graph).macs) * Double(max(total, 1)) / 2
    let limit = min(max(Int(Self.operations / max(macs, 1)), Self.samples.lowerBound), Self.samples.upperBound)
    var probe = try OutputProbe(network.graph, on: data, limit: limit, backend: network.backend)
    let positions = network.targets.map(probe.position)
    let saved = try request.checkpoints.map { (checkpoints) throws(EspalierError) in
      try SavedSensitivity(
        of: network, request, counts, inputs: data.count, measuresAccuracy: accuracy != nil, in: checkpoints)
    }
    var points = saved?.points ?? [:]
    var done = points.values.reduce(0) { $0 + $1.count }
    for index in network.targets.indices.sorted(by: { (positions[$0], $0) < (positions[$1], $1) }) {
      let group = network.targets[index]
      guard let sizes = counts[group.id], !sizes.isEmpty else { continue }
      let left = sizes.sorted().dropFirst(points[group.id]?.count ?? 0)
      if left.isEmpty { continue }
      try probe.advance(to: positions[index])
      for count in left {
        let (masked, residual) = try network.pruning(index, to: count, request)
        points[group.id, default: []].append(
          Point(
            count: count, relativeResidual: residual, divergence: try probe.divergence(of: masked),
            accuracy: try accuracy?(masked)))
        try saved?.keep(points)
        done += 1
        progress(done, total)
      }
    }
    groups = network.targets.compactMap { group in points[group.id].map { Group(group: group, points: $0) } }
    sampleCount = probe.sampleCount
  }
}

extension CalibratedNetwork {
  /// The dense network with one group pruned to `count` units and re-fitted, the dropped units masked; and what is lost
  /// at the layers that read it, relative to their outputs' energy.
  fileprivate func pruning(
    _ index: Int, to count: Int, _ request: PruningRequest
  ) throws(EspalierError) -> (masked: Graph, relativeResidual: Double?) {
    let group = targets[index]
    var request = request
    request.counts = [group.id: count]
    request.order = .oneShot
    var run = PruningRun(graph, from: original, request, on: data, backend: backend)
    try run.choose(group, problems[index])
    let record = run.records[0]
    let masked = run.dense.masking([group], keeping: [group.id: record.selection.kept])
    let residual = record.refittedResidual ?? record.residual
    let relative = residual.flatMap { residual in
      record.outputEnergy.map { residual / max($0, .leastNormalMagnitude) }
    }
    return (masked, relative)
  }
}
