import Synchronization

/// The schedules of step sizes, by their names on the command line: one line each, and those that are added.
package enum LearningRateSchedules {
  /// Settings of schedules that have some.
  package struct Settings: Sendable {
    /// Epochs between steps.
    package var epochs: Int
    /// The factor of each step.
    package var factor: Double

    /// The settings of a schedule by steps.
    package init(epochs: Int = 30, factor: Double = 0.1) {
      (self.epochs, self.factor) = (epochs, factor)
    }
  }

  /// A schedule by its name.
  package struct Entry: Sendable {
    /// The name on the command line.
    package let name: String
    /// The schedule with these settings.
    package let make: @Sendable (Settings) -> LearningRateSchedule

    /// A schedule called `name`.
    package init(_ name: String, make: @escaping @Sendable (Settings) -> LearningRateSchedule) {
      (self.name, self.make) = (name, make)
    }
  }

  private static let own = [
    Entry("constant") { _ in .constant },
    Entry("step") { .step(epochs: $0.epochs, factor: $0.factor) },
    Entry("cosine") { _ in .cosine },
    Entry("linear") { _ in .linear },
  ]

  private static let added = Mutex<[Entry]>([])

  /// All of them, those added last.
  package static var all: [Entry] { own + added.withLock { $0 } }

  /// Adds a schedule; one of the same name that was added before is replaced.
  package static func add(_ entry: Entry) {
    added.withLock { added in
      added.removeAll { $0.name == entry.name }
      added.append(entry)
    }
  }
}
