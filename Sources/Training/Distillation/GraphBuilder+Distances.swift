import EspalierGraph
import EspalierOperators
import EspalierTensors

extension GraphBuilder {
  /// Adds `sum + || student - teacher ||^2 / (|| teacher ||^2 + floor)` and returns the name of the result.
  mutating func add(_ sum: String, relativeErrorOf student: String, from teacher: String, floor: String) -> String {
    let error = squaredNorm(of: add(Subtract.name, [student, teacher]))
    let scale = add(Add.name, [squaredNorm(of: teacher), floor])
    return add(Add.name, [sum, add(Divide.name, [error, scale])])
  }

  /// Adds `sum + KL(softmax(teacher) || softmax(student))`, the mean over the rows of two values of shape n x classes
  /// (and further axes of size 1), and returns the name of the result.
  ///
  /// It is the cross-entropy of the student less that of the teacher with its own probabilities.
  ///
  /// Source: G. Hinton, O. Vinyals and J. Dean, "Distilling the knowledge in a neural network" (2015), section 2, at
  /// temperature 1.
  mutating func add(_ sum: String, divergenceOf student: String, from teacher: String) -> String {
    let (own, others) = (add(Flatten.name.inBodies, [student]), add(Flatten.name.inBodies, [teacher]))
    let targets = add(Softmax.name.inBodies, [others], ["axis": .int(1)])
    let entropies = [own, others].map { add(SoftmaxCrossEntropy.name, [$0, targets]) }
    return add(Add.name, [sum, add(Subtract.name, entropies)])
  }

  private mutating func squaredNorm(of value: String) -> String {
    add(ReduceSum.name, [add(Multiply.name, [value, value])], ["keepdims": .int(0)])
  }
}
