import Datasets

/// Calibration inputs divided into those that a pruning looks at and those that it never sees, on which it is judged.
///
/// Re-fitted weights fit the inputs they were re-fitted to; what a pruned network does on others is what a user gets.
/// * Where there are more inputs than the pruning is to look at, it looks at these, and others are held out.
/// * Otherwise a fifth is held out, at most ``most`` inputs, at even distances.
/// * Of fewer than ``few`` inputs every one is needed: the pruning looks at all of them. What it does on unseen inputs is measured on a
///   twin, a network pruned in the same way on four fifths of them (``twin``) and judged on the rest.
public struct CalibrationSplit: Sendable {
  /// The most inputs that are held out.
  public static let most = 1024
  /// With fewer inputs than this, none is withheld from the pruning.
  public static let few = 1024

  /// What the pruning looks at.
  public let calibration: DatasetCalibration
  /// What it does not, or its twin does not; `nil` where there are too few inputs to hold any out.
  public let heldOut: DatasetCalibration?
  /// What the twin looks at; `nil` where ``heldOut`` was withheld from the pruning itself.
  public let twin: DatasetCalibration?

  /// Divides `data`.
  ///
  /// - Parameters:
  ///   - limit: How many inputs the pruning looks at; `nil` for as many as there are.
  ///   - multiple: Parts are multiples of so many inputs: of the batch, where a network fixes it.
  ///   - sparing: Whether inputs are withheld from the pruning only where ``few`` of them, or more, are left over; otherwise few inputs are
  ///     divided too.
  public init(_ data: DatasetCalibration, limit: Int? = nil, multiple: Int = 1, sparing: Bool = true) {
    let count = min(limit ?? data.count, data.count)
    func size(_ wanted: Int, of available: Int) -> Int {
      min(max(wanted, multiple), Self.most, available) / multiple * multiple
    }
    let chosen = data.representativeIndices(count)
    let isChosen = Set(chosen)
    let rest = (0..<data.count).filter { !isChosen.contains($0) }
    let fromRest = size(count / 5, of: rest.count)
    if fromRest > 0 {
      calibration = data.taking(chosen)
      heldOut = data.taking(Self.evenly(fromRest, of: rest))
      twin = nil
      return
    }
    let fromChosen = size(count / 5, of: max(0, count - multiple))
    let tested = Self.evenly(fromChosen, of: chosen)
    let isTested = Set(tested)
    let others = data.taking(chosen.filter { !isTested.contains($0) })
    heldOut = tested.isEmpty ? nil : data.taking(tested)
    if sparing, count < Self.few {
      calibration = data.taking(chosen)
      twin = tested.isEmpty ? nil : others
    } else {
      calibration = others
      twin = nil
    }
  }

  /// `count` of `indices` at even distances, the middle of each stretch.
  private static func evenly(_ count: Int, of indices: [Int]) -> [Int] {
    (0..<count).map { indices[(2 * $0 + 1) * indices.count / (2 * count)] }
  }
}

extension DatasetCalibration {
  /// Which `count` inputs stand for all.
  func representativeIndices(_ count: Int) -> [Int] { sources.first?.dataset.representativeIndices(count) ?? [] }

  /// The inputs at `indices`, ascending.
  func taking(_ indices: [Int]) -> DatasetCalibration {
    DatasetCalibration(sources: sources.map { ($0.dataset.taking(indices), $0.adapter) })
  }
}
