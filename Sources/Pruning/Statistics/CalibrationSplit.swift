import EspalierDatasets

/// Calibration inputs divided into those that a pruning looks at and those that it never sees (``HeldOutSamples``), on
/// which it is judged.
///
/// Of fewer than ``few`` inputs every one is needed: the pruning looks at all of them. What it does on unseen inputs is
/// measured on a twin, a network pruned in the same way on four fifths of them and judged on the rest.
package struct CalibrationSplit: Sendable {
  /// With fewer inputs than this, none is withheld from the pruning.
  package static let few = 1024

  /// What the pruning looks at.
  package let calibration: DatasetCalibration
  /// What it does not, or its twin does not; `nil` where there are too few inputs to hold any out.
  package let heldOut: DatasetCalibration?
  /// What the twin looks at; `nil` where ``heldOut`` was withheld from the pruning itself.
  package let twin: DatasetCalibration?

  /// Divides `data`.
  ///
  /// - Parameters:
  ///   - limit: How many inputs the pruning looks at; `nil` for as many as there are.
  ///   - multiple: Parts are multiples of so many inputs: of the batch, where a network fixes it.
  ///   - allowsTwin: Whether a twin can be made; without one, few inputs are divided like many.
  package init(_ data: DatasetCalibration, limit: Int? = nil, multiple: Int = 1, allowsTwin: Bool = true) {
    let samples = HeldOutSamples(of: data.sources[0].dataset, limit: limit, multiple: multiple)
    let own = data.taking(samples.seen)
    heldOut = samples.heldOut.isEmpty ? nil : data.taking(samples.heldOut)
    if allowsTwin, samples.isTakenFromSeen, own.count + samples.heldOut.count < Self.few {
      calibration = data.taking((samples.seen + samples.heldOut).sorted())
      twin = heldOut == nil ? nil : own
    } else {
      calibration = own
      twin = nil
    }
  }
}

extension DatasetCalibration {
  /// The inputs at `indices`, ascending.
  fileprivate func taking(_ indices: [Int]) -> DatasetCalibration {
    DatasetCalibration(sources: sources.map { ($0.dataset.taking(indices), $0.adapter) })
  }
}
