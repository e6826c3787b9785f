import EspalierTensors

/// Rows dealt into folds at random: a fold's rows are held out while the others are learnt from.
///
/// The deal follows from the seed alone. Rows of classes are dealt class by class, so that each fold has its share of
/// every class (stratified).
struct PathFolds: Hashable, Sendable {
  /// The fold of each row.
  let numbers: [Int]
  /// The number of folds.
  let count: Int

  /// The folds of rows; `classes` holds the class of each, or `nil` if there are none.
  init(rows: Int, count: Int, classes: [Double]?, seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var numbers = [Int](repeating: 0, count: rows)
    var dealt = 0
    var groups: [Double: [Int]] = [:]
    for row in generator.permutation(rows) { groups[classes?[row] ?? 0, default: []].append(row) }
    for (_, members) in groups.sorted(by: { $0.key < $1.key }) {
      for row in members {
        numbers[row] = dealt % count
        dealt += 1
      }
    }
    (self.numbers, self.count) = (numbers, count)
  }

  /// The rows of a fold, and the others.
  func split(_ fold: Int) -> (held: [Int], training: [Int]) {
    (numbers.indices.filter { numbers[$0] == fold }, numbers.indices.filter { numbers[$0] != fold })
  }
}
