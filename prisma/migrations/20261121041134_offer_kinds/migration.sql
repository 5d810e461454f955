-- AlterTable
ALTER TABLE "bundle" ADD COLUMN     "collections" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "terms" JSONB NOT NULL DEFAULT '{}';

-- AlterTable
ALTER TABLE "bundle_item" ADD COLUMN     "role" TEXT NOT NULL DEFAULT 'part';
