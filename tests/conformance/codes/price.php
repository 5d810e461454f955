<?php
/**
 * Prices codes by the plugin's rules: one JSON line in, one out.
 */

define( 'ABSPATH', __DIR__ );
require dirname( __DIR__, 3 ) . '/extensions/woocommerce-plugin/includes/autoload.php';

use Trellis\WooCommerce\Codes\Code_Rules;

foreach ( json_decode( file_get_contents( 'php://stdin' ), true ) as $question ) {
	if ( isset( $question['typed'] ) ) {
		echo json_encode( Code_Rules::is_code_of( $question['typed'], $question['customerId'] ) ), "\n";
		continue;
	}
	$offer = Code_Rules::offer( $question['offer'] );
	$guard = Code_Rules::guard( $question['guard'] );
	$price = null === $offer || null === $guard ? null : Code_Rules::price( $question['cart'], $offer, $guard );
	echo json_encode( null === $price ? null : array( array_sum( $price['lines'] ), $price['free_up_to'], $price['reduced'] ) ), "\n";
}
