<?php
/**
 * A bundle's page in a classic theme.
 *
 * @package Trellis\WooCommerce
 */

defined( 'ABSPATH' ) || exit;

get_header( 'shop' );
do_action( 'woocommerce_before_main_content' ); // phpcs:ignore WooCommerce.Commenting.CommentHooks -- Documented by WooCommerce.
woocommerce_output_all_notices();
echo \Trellis\WooCommerce\Storefront\Bundle_Page::content(); // phpcs:ignore WordPress.Security.EscapeOutput -- Filtered there.
do_action( 'woocommerce_after_main_content' ); // phpcs:ignore WooCommerce.Commenting.CommentHooks
get_footer( 'shop' );
