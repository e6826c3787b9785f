/// The rows to which formulas and models are applied. The columns are those of the models among the tests' fixtures.
enum SmallTable {
  /// Numbers, levels and a missing value.
  static let bytes = Array(
    """
    a,b,region,time,count,answer,kind
    0.25,3,north,1.5,2,yes,u
    -1,5.5,south,0.7,0,no,v
    2.5,-2,"east, or so",1,5,yes,w
    0,8,north,2,1,no,u
    1,,south,1.1,3,yes,v
    -0.5,6,north,0.9,0,no,w
    3,-7.25,"east, or so",1.2,4,yes,u
    -2,1,south,0.6,1,no,v

    """.utf8)

  /// Sparse rows of five features.
  static let sparse = Array("1 1:0.5 3:2\n0 2:1 5:-1\n2 1:3\n".utf8)
}
