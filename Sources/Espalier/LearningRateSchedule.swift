import EspalierTraining

/// A schedule of step sizes of one's own.
public protocol LearningRateSchedule: Sendable {
  /// The name on the command line and in reports.
  static var name: String { get }

  /// The factor of the initial step size.
  ///
  /// - Parameters:
  ///   - step: How many steps were taken before, `0 <= step < total`.
  ///   - total: How many steps the training has.
  ///   - stepsPerEpoch: How many of them make an epoch.
  func factor(step: Int, of total: Int, stepsPerEpoch: Int) -> Double
}

/// A way in which the step size changes while a network is trained.
public struct TrainingSchedule: Sendable {
  let schedule: EspalierTraining.LearningRateSchedule

  /// Always the initial step size.
  public static let constant = TrainingSchedule(schedule: .constant)

  /// From the initial step size to zero along half a cosine.
  public static let cosine = TrainingSchedule(schedule: .cosine)

  /// From the initial step size to zero along a straight line.
  public static let linear = TrainingSchedule(schedule: .linear)

  /// The initial step size times `factor` after every `epochs` epochs.
  public static func step(epochs: Int, factor: Double) -> TrainingSchedule {
    TrainingSchedule(schedule: .step(epochs: epochs, factor: factor))
  }

  /// The schedule that the command line calls `name`, with its usual settings; `nil` where there is none.
  public static func named(_ name: String) -> TrainingSchedule? {
    LearningRateSchedules.all.last { $0.name == name }.map { TrainingSchedule(schedule: $0.make(.init())) }
  }

  /// The names of all schedules, those of clients behind the project's own.
  public static var names: [String] { LearningRateSchedules.all.map(\.name) }

  /// A schedule of one's own, which from now on has its name among ``names``.
  public static func adding<Schedule: LearningRateSchedule>(_ schedule: Schedule) -> TrainingSchedule {
    // Values that differ in a setting have different descriptions, by which a resumed training recognises its own.
    let adapter = EspalierTraining.LearningRateSchedule("\(Schedule.name): \(schedule)") {
      schedule.factor(step: $0, of: $1, stepsPerEpoch: $2)
    }
    LearningRateSchedules.add(LearningRateSchedules.Entry(Schedule.name) { _ in adapter })
    return TrainingSchedule(schedule: adapter)
  }
}
