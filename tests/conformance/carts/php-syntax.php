<?php
/**
 * Says what in PHP files would not run on PHP 7.4: a path a line in, JSON of problems out. Works on tokens.
 *
 * @package Trellis\WooCommerce
 */

/** Functions of PHP 8.0 and later. Source: php.net, migration guides 8.0 to 8.4, "new functions". */
const NEWER_FUNCTIONS = array(
	'str_contains', 'str_starts_with', 'str_ends_with', 'fdiv', 'get_debug_type', 'get_resource_id', 'preg_last_error_msg',
	'array_is_list', 'enum_exists', 'fsync', 'fdatasync', 'memory_reset_peak_usage', 'ini_parse_quantity',
	'json_validate', 'mb_str_pad', 'str_increment', 'str_decrement', 'stream_context_set_options', 'array_find',
	'array_find_key', 'array_any', 'array_all', 'mb_trim', 'mb_ltrim', 'mb_rtrim', 'mb_ucfirst', 'mb_lcfirst', 'fpow',
	'grapheme_str_split', 'request_parse_body', 'array_first', 'array_last', 'get_error_handler', 'get_exception_handler',
);

/** Tokens that PHP 7.4 does not know. */
const NEWER_TOKENS = array( 'T_MATCH', 'T_ENUM', 'T_READONLY', 'T_NULLSAFE_OBJECT_OPERATOR', 'T_ATTRIBUTE', 'T_ATTRIBUTE_IN_COMMENT' );

/** Types that PHP 7.4 does not know, or not by themselves. */
const NEWER_TYPES = array( 'mixed', 'never', 'false', 'true', 'null' );

/**
 * Tokens of a file without spaces and comments, each as name, text and line.
 */
function tokens_of( $code ) {
	$found = array();
	$line  = 1;
	foreach ( token_get_all( $code, TOKEN_PARSE ) as $token ) {
		$name = is_array( $token ) ? token_name( $token[0] ) : $token;
		$line = is_array( $token ) ? $token[2] : $line;
		// PHP 7.4 itself reads an attribute and everything behind it on its line as a comment.
		if ( 'T_COMMENT' === $name && preg_match( '/^#\\[.*\\]\\s*\\S/', $token[1] ) ) {
			$name = 'T_ATTRIBUTE_IN_COMMENT';
		}
		if ( ! in_array( $name, array( 'T_WHITESPACE', 'T_COMMENT', 'T_DOC_COMMENT', 'T_INLINE_HTML' ), true ) ) {
			// From 8.1 on an ampersand before a variable has a name of its own.
			$found[] = array( false !== strpos( $name, 'T_AMPERSAND' ) ? '&' : $name, is_array( $token ) ? $token[1] : $token, $line );
		}
	}
	return $found;
}

/**
 * Place of the parenthesis that closes the one at `$open`.
 */
function closing( array $tokens, $open ) {
	$depth = 0;
	for ( $at = $open; isset( $tokens[ $at ] ); ++$at ) {
		$depth += '(' === $tokens[ $at ][0] ? 1 : ( ')' === $tokens[ $at ][0] ? -1 : 0 );
		if ( 0 === $depth ) {
			return $at;
		}
	}
	return $at;
}

/**
 * True for an attribute with nothing behind it on its line.
 */
function stands_alone( array $tokens, $at ) {
	for ( $line = $tokens[ $at ][2]; ']' !== $tokens[ $at ][0]; ) {
		++$at;
	}
	return $tokens[ $at ][2] === $line && $tokens[ $at + 1 ][2] > $line;
}

/**
 * Problems of a list of parameters, from its opening parenthesis on.
 */
function in_parameters( array $tokens, $open ) {
	$found = array();
	$close = closing( $tokens, $open );
	if ( ',' === $tokens[ $close - 1 ][0] ) {
		$found[] = 'comma behind the last parameter';
	}
	for ( $at = $open; $at < $close; ++$at ) {
		list( $name, $text ) = $tokens[ $at ];
		if ( in_array( $name, array( 'T_PUBLIC', 'T_PROTECTED', 'T_PRIVATE' ), true ) ) {
			$found[] = 'property made by a parameter';
		}
		if ( 'T_VARIABLE' === $tokens[ $at + 1 ][0] && 'mixed' === strtolower( $text ) ) {
			$found[] = 'type mixed';
		}
		if ( '|' === $name && 'T_VARIABLE' === $tokens[ $at + 2 ][0] ) {
			$found[] = 'union of types';
		}
	}
	if ( isset( $tokens[ $close + 2 ] ) && ':' === $tokens[ $close + 1 ][0] ) {
		$type = $tokens[ $close + 2 ];
		if ( 'T_STATIC' === $type[0] || in_array( strtolower( $type[1] ), NEWER_TYPES, true ) ) {
			$found[] = 'type to return ' . $type[1];
		}
		if ( '|' === $tokens[ $close + 3 ][0] ) {
			$found[] = 'union of types';
		}
	}
	return $found;
}

/**
 * What is newer at one token, or nothing.
 */
function newer_at( array $tokens, $at ) {
	$none                = array( '', '', 0 );
	list( $name, $text ) = $tokens[ $at ];
	$before              = isset( $tokens[ $at - 1 ] ) ? $tokens[ $at - 1 ][0] : '';
	$next                = isset( $tokens[ $at + 1 ] ) ? $tokens[ $at + 1 ] : $none;
	$after               = isset( $tokens[ $at + 2 ] ) ? $tokens[ $at + 2 ] : $none;
	if ( in_array( $name, NEWER_TOKENS, true ) ) {
		// To PHP 7.4 an attribute on a line of its own is a comment.
		return 'T_ATTRIBUTE' === $name && stands_alone( $tokens, $at ) ? array() : array( $name );
	}
	if ( 'T_FUNCTION' === $name || 'T_FN' === $name || ( 'T_USE' === $name && ')' === $before ) ) {
		for ( $open = $at; '(' !== $tokens[ $open ][0]; ) {
			++$open;
		}
		return in_parameters( $tokens, $open );
	}
	if ( 'T_CATCH' === $name && 'T_VARIABLE' !== $tokens[ closing( $tokens, $at + 1 ) - 1 ][0] ) {
		return array( 'catch without a variable' );
	}
	if ( 'T_THROW' === $name && ! in_array( $before, array( ';', '{', '}', ':', ')', 'T_ELSE', 'T_OPEN_TAG' ), true ) ) {
		return array( 'throw as an expression' );
	}
	if ( 'T_DOUBLE_COLON' === $next[0] && 'class' === strtolower( $after[1] ) && in_array( $name, array( 'T_VARIABLE', ')', ']' ), true ) ) {
		return array( 'class of an object' );
	}
	if ( '(' === $name && 'T_ELLIPSIS' === $next[0] && ')' === $after[0] ) {
		return array( 'callable by three dots' );
	}
	if ( 'T_STRING' === $name && ':' === $next[0] && ( '(' === $before || ',' === $before ) ) {
		return array( 'named argument' );
	}
	if ( 'T_LNUMBER' === $name && 0 === stripos( $text, '0o' ) ) {
		return array( 'octal number' );
	}
	if ( 'T_CONST' === $name && 'T_STRING' === $next[0] && 'T_STRING' === $after[0] ) {
		return array( 'constant with a type' );
	}
	$called = '(' === $next[0] && ! in_array( $before, array( 'T_OBJECT_OPERATOR', 'T_DOUBLE_COLON', 'T_FUNCTION', 'T_NEW' ), true );
	return $called && in_array( strtolower( ltrim( $text, '\\' ) ), NEWER_FUNCTIONS, true ) ? array( "function $text" ) : array();
}

$problems = array();
foreach ( array_filter( explode( "\n", stream_get_contents( STDIN ) ) ) as $file ) {
	$code = file_get_contents( $file );
	if ( 0 !== strpos( $code, '<?php' ) ) {
		$problems[] = "$file: does not start with <?php";
	}
	try {
		$tokens = tokens_of( $code );
	} catch ( ParseError $error ) {
		$problems[] = "$file:{$error->getLine()}: {$error->getMessage()}";
		continue;
	}
	foreach ( array_keys( $tokens ) as $at ) {
		foreach ( newer_at( $tokens, $at ) as $what ) {
			$problems[] = "$file:{$tokens[ $at ][2]}: $what";
		}
	}
}
echo json_encode( $problems );
