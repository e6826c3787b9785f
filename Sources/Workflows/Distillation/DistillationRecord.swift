/// The record of a distillation: its time, and the errors of blocks and outputs before and after.
package struct DistillationRecord: Sendable, Encodable {
  /// The training of one block, or of the whole network.
  package struct Block: Sendable, Encodable {
    /// The last value that was compared.
    package let name: String
    /// The number of layers with weights.
    package let layers: Int
    /// The round: 1 and 2 for passes over the blocks, 3 for the whole network.
    package let round: Int
    /// The mean distance from the dense network on held-out inputs before.
    package let before: Double
    /// The same afterwards; never larger.
    package let after: Double
    /// Steps taken.
    package let steps: Int
    /// The initial step size that was chosen; 0 without a step.
    package let stepSize: Double
    /// Seconds spent.
    package let seconds: Double
  }

  /// A block that was left as it is.
  package struct Untrained: Sendable, Encodable {
    /// The last value that would have been compared.
    package let name: String
    /// The reason, in a sentence.
    package let reason: String
  }

  /// The distance of all outputs, summed, on held-out inputs.
  package struct Outputs: Sendable, Encodable {
    /// Before.
    package let before: Double
    /// Afterwards; never larger.
    package let after: Double
  }

  /// Seconds spent in all.
  package let seconds: Double
  /// The number of inputs learnt from.
  package let samples: Int
  /// The number of inputs that could have been learnt from, with enough time.
  package let available: Int
  /// The number of inputs held out, on which errors are measured.
  package let heldOut: Int
  /// Whether errors are measured on inputs that were learnt from, because there are too few to hold any out.
  package let measuresSeen: Bool
  /// What was trained, in order.
  package let blocks: [Block]
  /// The blocks that could not be trained.
  package let untrained: [Untrained]
  /// The outputs.
  package let outputs: Outputs

  /// The relative part of the outputs' error that is gone, 0 to 1.
  package var gain: Double { outputs.before > 0 ? 1 - outputs.after / outputs.before : 0 }
}
