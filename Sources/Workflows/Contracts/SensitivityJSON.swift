import EspalierPruning

/// The JSON of `sensitivity`.
package struct SensitivityJSON: Encodable {
  struct Group: Encodable {
    let id: String
    let size: Int
    let sizes: [Sensitivity.Point]
  }

  let groups: [Group]
  let samples: Int
  let calibrationSamples: Int
  /// The accuracy of the dense network; absent without labelled data.
  let accuracy: Double?

  /// The figures of `report`.
  package init(_ report: SensitivityReport) {
    groups = report.sensitivity.groups.map { Group(id: $0.group.id, size: $0.group.size, sizes: $0.points) }
    samples = report.sensitivity.sampleCount
    calibrationSamples = report.calibrationSamples
    accuracy = report.accuracy
  }
}
