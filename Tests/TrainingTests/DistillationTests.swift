import EspalierDatasets
import EspalierEngine
import EspalierExecution
import EspalierGraph
import EspalierOperators
import EspalierTensors
import EspalierTestSupport
import EspalierTraining
import Testing

@Suite struct DistillationTests {
  /// A network, and the same without some inner channels of its block.
  private func networks() throws -> (teacher: Graph, student: Graph) {
    let options = TrainingOptions(epochs: 4, batchSize: 16, stepSize: 0.05)
    let teacher = try Trainer(options).train(smallConvolutionalNetwork(), on: stripes(128))
    var student = teacher
    let kept = [0, 3, 5]
    for name in ["w", "scale", "shift", "mean", "variance"] {
      student.constants["inner.\(name)"] = teacher.constants["inner.\(name)"]!.taking(kept, along: 0)
    }
    student.constants["outer.w"] = teacher.constants["outer.w"]!.taking(kept, along: 1)
    return (teacher, student)
  }

  @Test(arguments: Backends.all)
  func errorsOfBlocksFall(backend: any Backend) throws {
    let (teacher, student) = try networks()
    let unlabelled = try InMemoryDataset(name: "bare", inputs: stripes(128).inputs)
    // Normalisation by the batch bears longer steps.
    for (statistics, stepSize) in [(NormalizationStatistics.batch, 0.02), (.stored, 0.003)] {
      let options = TrainingOptions(epochs: 40, batchSize: 32, stepSize: stepSize, statistics: statistics)
      var losses: [Double] = []
      let tuned = try Trainer(options, backend: backend).distill(student, from: teacher, on: unlabelled) {
        losses.append($0.loss)
      }
      func error(_ graph: Graph) throws -> DistillationError {
        try DistillationError(of: graph, from: teacher, on: unlabelled, backend: backend)
      }
      let (before, after) = (try error(student), try error(tuned))
      // The block's output behind its rectifier, where the two have the same shape again, and the output.
      #expect(before.points == ["block", "y"])
      #expect(before.count == 128)
      #expect(after.error < before.error / 2, "\(statistics): \(before.error) to \(after.error)")
      #expect(losses.allSatisfy { $0.isFinite })
      #expect(tuned.nodes == student.nodes && tuned.constants.keys == student.constants.keys)
    }
  }

  /// The networks with a second output, behind another layer on the same features.
  private func networksOfTwoOutputs() throws -> (teacher: Graph, student: Graph) {
    var (teacher, student) = try networks()
    var generator = SeededGenerator(seed: 4)
    let head = Tensor.random([2, 4, 1, 1], &generator)
    func add(to graph: inout Graph) {
      graph.constants["boxes.w"] = head
      graph.nodes.append(Node("Conv", name: "boxes", ["block", "boxes.w"], ["boxes"]))
      graph.outputs.append(ValueInfo("boxes"))
    }
    add(to: &teacher)
    add(to: &student)
    return (teacher, student)
  }

  @Test func allOutputsAreLearnt() throws {
    let (teacher, student) = try networksOfTwoOutputs()
    let data = try stripes(64)
    let before = try DistillationError(of: student, from: teacher, on: data)
    #expect(before.points == ["block", "y", "boxes"])
    // An error of one output alone is noticed, whichever output it is.
    for name in ["fc.w", "boxes.w"] {
      var other = teacher
      other.constants[name] = Tensor(repeating: Float(0.1), shape: other.constants[name]!.shape)
      let error = try DistillationError(of: other, from: teacher, on: data)
      #expect(error.error > 1e-3, "\(name)")
      let options = TrainingOptions(epochs: 30, batchSize: 16, stepSize: 0.01, optimizer: AdamW(), statistics: .stored)
      let tuned = try Trainer(options).distill(other, from: teacher, on: data)
      #expect(try DistillationError(of: tuned, from: teacher, on: data).error < error.error / 4, "\(name)")
    }
  }

  @Test func theBestEpochOnInputsHeldOutIsKept() throws {
    let (teacher, student) = try networks()
    let heldOut = try stripes(32)
    // Steps far too long: whatever they do to the samples seen, nothing becomes worse on the others.
    let options = TrainingOptions(epochs: 3, batchSize: 8, stepSize: 0.5, optimizer: AdamW(), statistics: .stored)
    let tuned = try Trainer(options).distill(student, from: teacher, on: stripes(8), heldOut: heldOut)
    let (before, after) = (
      try DistillationError(of: student, from: teacher, on: heldOut).error,
      try DistillationError(of: tuned, from: teacher, on: heldOut).error
    )
    #expect(after <= before)
    let last = try Trainer(options).distill(student, from: teacher, on: stripes(8))
    #expect(try DistillationError(of: last, from: teacher, on: heldOut).error > before)
  }

  @Test func aNetworkIsNoDistanceFromItself() throws {
    let graph = smallConvolutionalNetwork()
    let error = try DistillationError(of: graph, from: graph, on: stripes(8))
    #expect(error.error == 0 && error.points == ["y"])
  }

  @Test func theTeacherMayCallItsInputOtherwise() throws {
    let (teacher, student) = try networks()
    let data = try stripes(16)
    let usual = try DistillationError(of: student, from: teacher, on: data)
    let renamed = teacher.renaming("x", to: "pixels")
    #expect(try DistillationError(of: student, from: renamed, on: data) == usual)
  }

  @Test func whatIsNoTeacherIsRefused() throws {
    let (_, student) = try networks()
    let data = try stripes(16)
    func fault(_ teacher: Graph) -> String {
      anyDataError { _ = try DistillationError(of: student, from: teacher, on: data) }?.fault ?? ""
    }
    var other = smallConvolutionalNetwork()
    other.opsets = ["": 13]
    #expect(fault(other) == "is written in other operator sets than the network")
    var wide = smallConvolutionalNetwork()
    wide.constants["fc.w"] = Tensor(repeating: Float(1), shape: [4, 3])
    wide.constants["fc.b"] = Tensor(repeating: Float(1), shape: [3])
    #expect(fault(wide).hasPrefix("has no output \"y\""))
    var two = smallConvolutionalNetwork()
    two.inputs.append(ValueInfo("second", .float32, [.fixed(1)]))
    #expect(fault(two) == "has other inputs than the network")
  }
}
