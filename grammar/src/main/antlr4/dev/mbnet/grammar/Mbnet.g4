/*
 * The mbnet language. Operators and blocks are ordinary names: the grammar knows none of them.
 * White space, line ends included, separates tokens and means nothing else.
 */
grammar Mbnet;

file
  : declaration* EOF
  ;

declaration
  : importDeclaration
  | network
  | block
  ;

importDeclaration
  : IMPORT STRING
  ;

network
  : NETWORK name parameters? (body | '=' call)
  ;

block
  : BLOCK name parameters? body
  ;

parameters
  : '(' (parameter (',' parameter)* ','?)? ')'
  ;

parameter
  : name ('=' expression)?
  ;

body
  : '{' statement* '}'
  ;

statement
  : input
  | defaults
  | outputs
  | labels
  | require
  | let
  | from
  | conditional
  | layer
  ;

input
  : INPUT name ':' list ('{' (setting ','?)* '}')?
  ;

defaults
  : DEFAULT setting (',' setting)*
  ;

setting
  : name '=' expression
  ;

outputs
  : OUTPUT reference (',' reference)*
  ;

labels
  : LABELS STRING
  ;

require
  : REQUIRE expression (',' expression)*
  ;

let
  : LET name '=' expression
  ;

from
  : FROM reference
  ;

conditional
  : IF expression body (ELSE (conditional | body))?
  ;

layer
  : (name ':')? (residual | parallel | call)
  ;

residual
  : RESIDUAL arguments? body (SHORTCUT body)?
  ;

parallel
  : PARALLEL call '{' body* '}'
  ;

call
  : name arguments?
  ;

arguments
  : '(' (argument (',' argument)* ','?)? ')'
  ;

argument
  : name '=' expression # namedArgument
  | '...' expression # spreadArgument
  | expression # plainArgument
  ;

reference
  : name (index | '.' name)*
  ;

index
  : '[' NUMBER ']'
  ;

expression
  : primary # simple
  | '-' expression # negation
  | expression op = ('*' | '/') expression # product
  | expression op = ('+' | '-') expression # sum
  | expression op = ('<=' | '<' | '>=' | '>' | '==' | '!=') expression # comparison
  | NOT expression # not
  | expression AND expression # and
  | expression OR expression # or
  ;

primary
  : NUMBER # number
  | STRING # string
  | ON # on
  | OFF # off
  | list # listValue
  | '(' expression ')' # group
  | IF arguments # ifValue
  | name arguments # callValue
  | reference # nameValue
  ;

list
  : '[' (expression (',' expression)* ','?)? ']'
  ;

// Words that open statements are still free as names of labels, arguments and values.
name
  : IDENTIFIER
  | BLOCK
  | DEFAULT
  | FROM
  | IMPORT
  | INPUT
  | LABELS
  | LET
  | NETWORK
  | OUTPUT
  | PARALLEL
  | REQUIRE
  | RESIDUAL
  | SHORTCUT
  ;

AND: 'and';
BLOCK: 'block';
DEFAULT: 'default';
ELSE: 'else';
FROM: 'from';
IF: 'if';
IMPORT: 'import';
INPUT: 'input';
LABELS: 'labels';
LET: 'let';
NETWORK: 'network';
NOT: 'not';
OFF: 'off';
ON: 'on';
OR: 'or';
OUTPUT: 'output';
PARALLEL: 'parallel';
REQUIRE: 'require';
RESIDUAL: 'residual';
SHORTCUT: 'shortcut';

// A suffix scales the number: 3.6M is 3,600,000 and 2MiB is 2,097,152.
NUMBER: DIGITS ('.' DIGITS)? ([eE] [+-]? DIGITS)? ('K' | 'M' | 'G' | 'KiB' | 'MiB' | 'GiB')?;

IDENTIFIER: [a-zA-Z_] [a-zA-Z_0-9]*;

STRING: '"' (~["\\\r\n] | '\\' ["\\])* '"';

// Kept aside: the doc comment of a network or block is found to the left of its first token.
DOC: '/**' ~[*/] .*? '*/' -> channel(HIDDEN);

COMMENT: ('/*' .*? '*/' | '//' ~[\r\n]*) -> channel(HIDDEN);

SPACE: [ \t\r\n\uFEFF]+ -> skip;

// Whatever is left is one wrong character, reported by the parser where it stands.
UNKNOWN: .;

fragment DIGITS: [0-9]+;
